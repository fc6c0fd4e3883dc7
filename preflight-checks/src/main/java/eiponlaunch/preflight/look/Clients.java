package eiponlaunch.preflight.look;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.time.Duration;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileFileLocation;
import software.amazon.awssdk.profiles.ProfileFileSystemSetting;
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
    /** Every Region's ID has this form, also one that is newer than this. */
    private static final Pattern REGION = Pattern.compile("[a-z]{2,}(-[a-z]+)+-\\d+");

    /** Longer than any of these calls takes, and short enough for someone who waits. */
    private static final ClientOverrideConfiguration PATIENCE = ClientOverrideConfiguration.builder()
            .apiCallAttemptTimeout(Duration.ofSeconds(10))
            .apiCallTimeout(Duration.ofSeconds(30))
            .build();

    /**
     * Makes the clients.
     *
     * @throws CannotLookException when a setting is missing or wrong
     */
    static Clients ofTheEnvironment() {
        try {
            requireProfile();
            return of(ofTheSettings());
        } catch (CannotLookException e) {
            throw e;
        } catch (RuntimeException e) { // the SDK has no type of its own for a setting that makes no sense
            throw new CannotLookException(
                    "a setting of AWS makes no sense (" + Call.firstLine(e.getMessage())
                            + "): look at AWS_ENDPOINT_URL and the other AWS_… variables, and at the profile",
                    e);
        }
    }

    private static Clients of(Region region) {
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

    /** The SDK takes a profile that does not exist for one without settings. */
    private static void requireProfile() {
        var name = ProfileFileSystemSetting.AWS_PROFILE
                .getStringValue()
                .filter(profile -> !profile.isBlank() && !profile.equals("default"));
        if (name.isPresent()
                && ProfileFile.defaultProfileFile().profile(name.get()).isEmpty()) {
            throw new CannotLookException("there is no profile " + name.get() + " (AWS_PROFILE) in "
                    + ProfileFileLocation.configurationFilePath() + " or "
                    + ProfileFileLocation.credentialsFilePath());
        }
    }

    private static Region ofTheSettings() {
        Region region;
        try {
            region = new DefaultAwsRegionProviderChain().getRegion();
        } catch (SdkClientException e) {
            throw new CannotLookException("no Region: set AWS_REGION, or the Region of the profile", e);
        }
        if (!REGION.matcher(region.id()).matches()) {
            throw new CannotLookException("the Region \"" + URLDecoder.decode(region.id(), UTF_8)
                    + "\" is none: set AWS_REGION, or the Region of the profile, to one such" + " as eu-west-1");
        }
        return region;
    }
}
