package eiponlaunch.simulator.world.api;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How AWS may behave for an account.
 *
 * @param name what {@code --profile} calls it
 * @param source where its figures come from, or the word assumption
 */
public record Profile(String name, CloudSettings cloud, String source) {
    private static final CloudSettings AWS = CloudSettings.documented();

    public static final Profile DOCUMENTED = new Profile(
            "documented",
            AWS,
            "EC2's rates as in its developer guide, \"Request throttling\"; Auto Scaling's calls share one bucket, as its API"
                    + " reference says, but it publishes no rate: 100, then 10 a second are an assumption, as are all latencies and"
                    + " that a Describe call answers with what was true up to a second ago");

    private static final Profile RAISED = new Profile(
            "raised",
            AWS.withRate("AssociateAddress", new Rate(200, 20)),
            "documented, but Service Quotas raised AssociateAddress to 200, then 20 a second; assumption");

    private static final Profile BUSY = new Profile(
            "busy",
            AWS.withRate("AssociateAddress", new Rate(50, 2.5)).withRate("DisassociateAddress", new Rate(50, 2.5)),
            "documented, but others in the account take half of what comes back of the mutating rates; assumption");

    private static final Profile NEW_ACCOUNT = new Profile(
            "new-account",
            AWS.withLambdaConcurrency(10),
            "documented, but a Lambda concurrency of 10, as the Lambda guide says of new accounts");

    private static final Profile STALE = new Profile(
            "stale",
            AWS.withStaleness(Duration.ofSeconds(15)),
            "documented, but what a Describe call answers may be 15 seconds old; assumption");

    private static final Profile LARGE_PAYLOAD = new Profile(
            "large-payload",
            AWS.withPayload(Payload.large()),
            "documented, but larger items, and a function that takes six times as long for them; assumption");

    private static final Profile SLOW_COMPLETION = new Profile(
            "slow-completion",
            AWS.withRate("CompleteLifecycleAction", new Rate(20, 2)),
            "documented, but CompleteLifecycleAction has a bucket of its own, 20, then 2 a second; assumption");

    private static final Profile SMALL_REGION = new Profile(
            "small-region",
            AWS.withRate("StartExecution", new Rate(800, 150))
                    .withRate(CloudSettings.STATE_TRANSITION, new Rate(800, 800)),
            "documented, and Step Functions' rates of most Regions, as its service quotas say: StartExecution 800, then 150 a second,"
                    + " StateTransition 800, then 800; EventBridge's pauses where it is throttled are an assumption");

    private static final Profile WORST = new Profile(
            "worst",
            BUSY.cloud()
                    .withRate("CompleteLifecycleAction", new Rate(20, 2))
                    .withLambdaConcurrency(10)
                    .withStaleness(Duration.ofSeconds(15))
                    .withPayload(Payload.large()),
            "busy, new-account, stale, large-payload and slow-completion at once; assumption");

    public static List<Profile> all() {
        return List.of(
                DOCUMENTED, RAISED, BUSY, NEW_ACCOUNT, STALE, LARGE_PAYLOAD, SLOW_COMPLETION, SMALL_REGION, WORST);
    }

    /** @throws IllegalArgumentException when there is none of that name; the message names those that there are */
    public static Profile named(String name) {
        return all().stream()
                .filter(profile -> profile.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(name + " is not allowed, only "
                        + all().stream().map(Profile::name).collect(Collectors.joining(", "))));
    }
}
