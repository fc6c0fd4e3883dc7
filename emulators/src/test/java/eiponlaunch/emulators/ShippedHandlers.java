package eiponlaunch.emulators;

import eiponlaunch.associateeip.AssociateEipHandler;
import eiponlaunch.aws.AwsClients;
import eiponlaunch.completelifecycle.CompleteLifecycleHandler;
import eiponlaunch.disassociateeip.DisassociateEipHandler;
import eiponlaunch.findfreeeip.FindFreeEipHandler;
import java.net.URI;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.ec2.Ec2Client;

/** The handlers as the Lambda runtime makes them, their clients told by the SDK's own settings to talk to another endpoint. */
public final class ShippedHandlers {
    private ShippedHandlers() {}

    public static FindFreeEipHandler findFreeEip(URI ec2) {
        return with("aws.endpointUrlEc2", ec2, FindFreeEipHandler::new);
    }

    public static AssociateEipHandler associateEip(URI ec2) {
        return with("aws.endpointUrlEc2", ec2, AssociateEipHandler::new);
    }

    public static CompleteLifecycleHandler completeLifecycle(URI autoScaling) {
        return with("aws.endpointUrlAutoScaling", autoScaling, CompleteLifecycleHandler::new);
    }

    /** @param aws answers for EC2 and for Auto Scaling */
    public static DisassociateEipHandler disassociateEip(URI aws) {
        return with(
                "aws.endpointUrlEc2", aws, () -> with("aws.endpointUrlAutoScaling", aws, DisassociateEipHandler::new));
    }

    /** The client that the functions have. */
    public static Ec2Client ec2(URI ec2) {
        return with("aws.endpointUrlEc2", ec2, AwsClients::ec2);
    }

    /** The client that the functions have. */
    public static AutoScalingClient autoScaling(URI autoScaling) {
        return with("aws.endpointUrlAutoScaling", autoScaling, AwsClients::autoScaling);
    }

    private static <H> H with(String setting, URI endpoint, Supplier<H> handler) {
        Map.of("aws.region", "us-east-1", "aws.accessKeyId", "test", "aws.secretAccessKey", "test")
                .forEach(System::setProperty); // read at the first call only, so they stay
        System.setProperty(setting, endpoint.toString());
        try {
            return handler.get();
        } finally {
            System.clearProperty(setting);
        }
    }
}
