package eiponlaunch.aws;

import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterface;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterfaceAttachment;

/**
 * The instance's own interface: the first device of the first network card. Every card of an instance with several has a
 * device of index 0, and EC2 lists them in no particular order. An EFA-only interface has no IP address and takes none.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_InstanceNetworkInterfaceAttachment.html">
 *     InstanceNetworkInterfaceAttachment</a>
 */
public final class PrimaryInterface {
    private PrimaryInterface() {}

    public static boolean is(InstanceNetworkInterface network) {
        return network.attachment() != null
                && isFirst(network.attachment())
                && !"efa-only".equals(network.interfaceType());
    }

    /** EC2 may leave the card out where there is only one. */
    private static boolean isFirst(InstanceNetworkInterfaceAttachment attachment) {
        var card = attachment.networkCardIndex();
        var device = attachment.deviceIndex();
        return device != null && device == 0 && (card == null || card == 0);
    }
}
