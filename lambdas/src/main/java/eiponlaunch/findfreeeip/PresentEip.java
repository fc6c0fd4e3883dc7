package eiponlaunch.findfreeeip;

import eiponlaunch.aws.PrimaryInterface;
import eiponlaunch.model.ElasticIp;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.ec2.model.Address;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterface;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterfaceAssociation;

/**
 * The Elastic IP that EC2 shows on an instance's primary network interface, which an association would replace. An automatic
 * public address is none: Amazon owns it.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_InstanceNetworkInterfaceAssociation.html">
 *     InstanceNetworkInterfaceAssociation</a>
 */
record PresentEip(String publicIp) {
    private static final Pattern ACCOUNT = Pattern.compile("\\d{12}");

    static Optional<PresentEip> of(Instance instance) {
        return instance.networkInterfaces().stream()
                .filter(PrimaryInterface::is)
                .map(InstanceNetworkInterface::association)
                .filter(PresentEip::isElasticIp)
                .map(association -> new PresentEip(association.publicIp()))
                .findFirst();
    }

    private static boolean isElasticIp(InstanceNetworkInterfaceAssociation association) {
        return association != null
                && association.publicIp() != null
                && association.ipOwnerId() != null
                && ACCOUNT.matcher(association.ipOwnerId()).matches();
    }

    /** Whether it belongs to the pool. The pool may show another holder, because each of the two reads may be seconds old. */
    boolean isOf(Collection<Address> pool) {
        return pool.stream().anyMatch(address -> publicIp.equals(address.publicIp()));
    }

    /** Itself among free addresses, which then do not show yet that the instance has it. */
    Optional<ElasticIp> in(List<ElasticIp> free) {
        return free.stream().filter(eip -> publicIp.equals(eip.publicIp())).findFirst();
    }
}
