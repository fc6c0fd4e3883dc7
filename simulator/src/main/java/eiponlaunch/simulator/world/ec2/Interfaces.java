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

    /** An EFA-only interface on each card, and an IP one beside it, on the first card as the primary one. */
    static List<InstanceNetworkInterface> onCards(String instanceId, int cards) {
        var networks = new ArrayList<InstanceNetworkInterface>();
        for (var card = cards - 1; card >= 0; card--) {
            var efaOnly = network(instanceId, card, card == 0 ? 1 : 0).toBuilder()
                    .interfaceType("efa-only")
                    .build();
            networks.add(efaOnly);
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
