package eiponlaunch.preflight.read;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
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
import software.amazon.awssdk.services.scheduler.SchedulerClient;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * The SDK's clients with the SDK's own settings: what is not given of credentials, profile, Region and endpoints comes from where
 * every AWS tool reads it.
 *
 * @see <a href="https://docs.aws.amazon.com/sdkref/latest/guide/settings-reference.html">Settings of the SDKs</a>
 */
record Clients(
        Region region,
        AwsCredentialsProvider credentials,
        AutoScalingClient autoScaling,
        CloudFormationClient cloudFormation,
        Ec2Client ec2,
        EventBridgeClient eventBridge,
        IamClient iam,
        LambdaClient lambda,
        SchedulerClient scheduler,
        StsClient sts) {
    /** Every Region's ID has this form, also one that is newer than this. */
    private static final Pattern REGION = Pattern.compile("[a-z]{2,}(-[a-z]+)+-\\d+");

    private static final String WHERE = "--region, region in samconfig.toml, AWS_REGION, or the Region of the profile";

    /** Longer than any of these calls takes, and short enough for someone who waits. */
    private static final ClientOverrideConfiguration PATIENCE = ClientOverrideConfiguration.builder()
            .apiCallAttemptTimeout(Duration.ofSeconds(10))
            .apiCallTimeout(Duration.ofSeconds(30))
            .build();

    /**
     * Makes the clients.
     *
     * @param region the Region; none for that of the environment or the profile
     * @param profile the profile, which then goes before credentials in the environment; none for that of the environment
     * @throws CannotReadException when a setting is missing or wrong
     */
    static Clients of(Optional<String> region, Optional<String> profile) {
        try {
            requireProfile(profile);
            var credentials = profile.<AwsCredentialsProvider>map(ProfileCredentialsProvider::create)
                    .orElseGet(() -> DefaultCredentialsProvider.builder().build());
            return of(region(region, profile), credentials, profile);
        } catch (CannotReadException e) {
            throw e;
        } catch (RuntimeException e) { // the SDK has no type of its own for a setting that makes no sense
            throw new CannotReadException(
                    "an AWS setting is not valid (" + Call.firstLine(e.getMessage())
                            + "): check AWS_ENDPOINT_URL and the other AWS_… variables, and at the profile",
                    e);
        }
    }

    private static Clients of(Region region, AwsCredentialsProvider credentials, Optional<String> profile) {
        var configuration = PATIENCE.copy(patience -> profile.ifPresent(patience::defaultProfileName));
        return new Clients(
                region,
                credentials,
                client(AutoScalingClient.builder(), region, credentials, configuration),
                client(CloudFormationClient.builder(), region, credentials, configuration),
                client(Ec2Client.builder(), region, credentials, configuration),
                client(EventBridgeClient.builder(), region, credentials, configuration),
                client(IamClient.builder(), region, credentials, configuration),
                client(LambdaClient.builder(), region, credentials, configuration),
                client(SchedulerClient.builder(), region, credentials, configuration),
                client(StsClient.builder(), region, credentials, configuration));
    }

    /** EC2 as somebody else may call it, for dry runs only. */
    static Ec2Client ec2ForDryRuns(Region region, AwsCredentialsProvider credentials) {
        return client(
                Ec2Client.builder(),
                region,
                credentials,
                PATIENCE.copy(patience -> patience.addExecutionInterceptor(new OnlyDryRuns())));
    }

    /** STS as somebody else may call it. */
    static StsClient sts(Region region, AwsCredentialsProvider credentials) {
        return client(StsClient.builder(), region, credentials, PATIENCE);
    }

    private static <B extends AwsClientBuilder<B, C>, C> C client(
            B builder, Region region, AwsCredentialsProvider credentials, ClientOverrideConfiguration configuration) {
        return builder.region(region)
                .credentialsProvider(credentials)
                .overrideConfiguration(configuration)
                .build();
    }

    /** The SDK takes a profile that does not exist for one without settings. */
    private static void requireProfile(Optional<String> given) {
        var name = given.or(ProfileFileSystemSetting.AWS_PROFILE::getStringValue)
                .filter(profile -> !profile.isBlank() && !profile.equals("default"));
        if (name.isPresent()
                && ProfileFile.defaultProfileFile().profile(name.get()).isEmpty()) {
            throw new CannotReadException("there is no profile " + name.get()
                    + (given.isPresent() ? "" : " (AWS_PROFILE)") + " in "
                    + ProfileFileLocation.configurationFilePath() + " or "
                    + ProfileFileLocation.credentialsFilePath());
        }
    }

    private static Region region(Optional<String> given, Optional<String> profile) {
        var region = given.map(Region::of).orElseGet(() -> ofTheSettings(profile));
        if (!REGION.matcher(region.id()).matches()) {
            throw new CannotReadException("the Region \"" + URLDecoder.decode(region.id(), UTF_8)
                    + "\" does not exist: set " + WHERE + ", to one such as eu-west-1");
        }
        return region;
    }

    private static Region ofTheSettings(Optional<String> profile) {
        var chain = DefaultAwsRegionProviderChain.builder();
        profile.ifPresent(chain::profileName);
        try {
            return chain.build().getRegion();
        } catch (SdkClientException e) {
            throw new CannotReadException("no Region: set " + WHERE, e);
        }
    }
}
