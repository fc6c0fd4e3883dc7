package eiponlaunch.simulator.world.ec2;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterface;

/** The network interfaces of a new instance, the primary one last, as their order means nothing in EC2. */
final class Interfaces {
    private Interfaces() {}

    static List<InstanceNetworkInterface> onOneCard(String instanceId, int interfaces) {
        var networks = new ArrayList<InstanceNetworkInterface>();
        for (var index = interfaces - 1; index >= 0; index--) {
            networks.add(network(instanceId, 0, index));
        }
        return networks;
    }

    /**
     * Two interfaces on each card, on the first card the primary one and an EFA-only one beside it. The first device of every
     * other card has IP addresses, that of the rest is EFA-only: neither takes the instance's address.
     */
    static List<InstanceNetworkInterface> onCards(String instanceId, int cards) {
        var networks = new ArrayList<InstanceNetworkInterface>();
        for (var card = cards - 1; card >= 0; card--) {
            networks.add(network(instanceId, card, card == 0 ? 1 : 0).toBuilder()
                    .interfaceType(card % 2 == 0 ? "efa-only" : "interface")
                    .build());
            networks.add(network(instanceId, card, card == 0 ? 0 : 1));
        }
        return networks;
    }

    private static InstanceNetworkInterface network(String instanceId, int card, int device) {
        return InstanceNetworkInterface.builder()
                .networkInterfaceId("eni-" + instanceId.substring(2) + "-" + card + "-" + device)
                .interfaceType("interface")
                .attachment(attachment -> attachment.networkCardIndex(card).deviceIndex(device))
                .build();
    }
}
