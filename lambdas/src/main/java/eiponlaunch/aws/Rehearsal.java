package eiponlaunch.aws;

import eiponlaunch.model.EipPools;
import java.io.OutputStream;
import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;

/**
 * Makes the functions' calls without a network: requests are built, signed with made-up credentials, and the answers in
 * {@code rehearsal/} parsed. No credentials of the function are read, so none get into a snapshot.
 */
final class Rehearsal {
    private static final StaticCredentialsProvider NOBODY =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("rehearsal", "rehearsal"));

    private Rehearsal() {}

    static void ec2() {
        withoutClient();
        try (var ec2 = offline(Ec2Client.builder())
                .httpClient(new CannedHttpClient("DescribeAddresses"))
                .build()) {
            var tag =
                    Filter.builder().name("tag:Application").values("rehearsal").build();
            ec2.describeAddresses(request -> request.filters(tag));
        }
        try (var ec2 = offline(Ec2Client.builder())
                .httpClient(new CannedHttpClient("AssociateAddress"))
                .build()) {
            ec2.associateAddress(request ->
                    request.instanceId("i-0").allocationId("eipalloc-0").allowReassociation(false));
        }
        try (var ec2 = offline(Ec2Client.builder())
                .httpClient(new CannedHttpClient("DisassociateAddress"))
                .build()) {
            ec2.disassociateAddress(request -> request.associationId("eipassoc-0"));
        }
    }

    static void autoScaling() {
        withoutClient();
        try (var autoScaling = offline(AutoScalingClient.builder())
                .httpClient(new CannedHttpClient("CompleteLifecycleAction"))
                .build()) {
            autoScaling.completeLifecycleAction(request -> request.autoScalingGroupName("rehearsal")
                    .lifecycleHookName("rehearsal")
                    .lifecycleActionResult("CONTINUE"));
        }
    }

    /** JSON, and the TLS that the real client will need. */
    private static void withoutClient() {
        var json = new TaskJson();
        EipPools pools = json.fromJson("{\"tags\": \"Application=rehearsal\"}", EipPools.class);
        json.toJson(pools, OutputStream.nullOutputStream(), EipPools.class);
        try {
            SSLContext.getDefault().getSocketFactory();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("there is no TLS", e);
        }
    }

    private static <B extends AwsClientBuilder<B, C>, C> B offline(B builder) {
        return AwsClients.configured(builder).region(Region.US_EAST_1).credentialsProvider(NOBODY);
    }
}
