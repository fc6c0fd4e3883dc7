package eiponlaunch.preflight.look;

import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * The SDK's clients with the SDK's own settings: credentials, profile, Region and endpoints come from where every AWS tool
 * reads them.
 *
 * @see <a href="https://docs.aws.amazon.com/sdkref/latest/guide/settings-reference.html">Settings of the SDKs</a>
 */
record Clients(
        Region region,
        AutoScalingClient autoScaling,
        CloudFormationClient cloudFormation,
        Ec2Client ec2,
        EventBridgeClient eventBridge,
        IamClient iam,
        LambdaClient lambda,
        StsClient sts) {
    /** Longer than any of these calls takes, and short enough for someone who waits. */
    private static final ClientOverrideConfiguration PATIENCE = ClientOverrideConfiguration.builder()
            .apiCallAttemptTimeout(Duration.ofSeconds(10))
            .apiCallTimeout(Duration.ofSeconds(30))
            .build();

    /**
     * Makes the clients.
     *
     * @throws CannotLookException when no Region is set
     */
    static Clients ofTheEnvironment() {
        var region = ofTheSettings();
        return new Clients(
                region,
                client(AutoScalingClient.builder(), region),
                client(CloudFormationClient.builder(), region),
                client(Ec2Client.builder(), region),
                client(EventBridgeClient.builder(), region),
                client(IamClient.builder(), region),
                client(LambdaClient.builder(), region),
                client(StsClient.builder(), region));
    }

    /** EC2 as somebody else may call it, for dry runs only. */
    static Ec2Client ec2ForDryRuns(Region region, AwsCredentialsProvider credentials) {
        return client(
                Ec2Client.builder().credentialsProvider(credentials),
                region,
                PATIENCE.copy(patience -> patience.addExecutionInterceptor(new OnlyDryRuns())));
    }

    /** STS as somebody else may call it. */
    static StsClient sts(Region region, AwsCredentialsProvider credentials) {
        return client(StsClient.builder().credentialsProvider(credentials), region);
    }

    private static <B extends AwsClientBuilder<B, C>, C> C client(B builder, Region region) {
        return client(builder, region, PATIENCE);
    }

    private static <B extends AwsClientBuilder<B, C>, C> C client(
            B builder, Region region, ClientOverrideConfiguration configuration) {
        return builder.region(region).overrideConfiguration(configuration).build();
    }

    private static Region ofTheSettings() {
        try {
            return new DefaultAwsRegionProviderChain().getRegion();
        } catch (SdkClientException e) {
            throw new CannotLookException("no Region: set AWS_REGION, or the Region of the profile", e);
        }
    }
}
