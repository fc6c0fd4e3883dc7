package eiponlaunch.aws;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import eiponlaunch.decision.Decisions;
import eiponlaunch.decision.JsonLines;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.function.Function;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.ec2.Ec2Client;

/**
 * A function's own work without a network, before SnapStart takes its snapshot: the handler reads its sample of {@code
 * rehearsal/}, makes its calls, which are signed with made-up credentials, and parses the answers that are there too. So the
 * first call after a restore finds the path through the handler and the SDK loaded. No credentials of the function are read,
 * so none get into a snapshot, and nothing is logged.
 */
public final class Rehearsal {
    private static final StaticCredentialsProvider NOBODY =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("rehearsal", "rehearsal"));

    /** Just after the samples' events. */
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-31T12:00:05Z"), ZoneOffset.UTC);

    private Rehearsal() {}

    /**
     * Has the handler do its work before a snapshot, and only then.
     *
     * @param input its input; the sample has this name, without {@code Input}
     * @param handler makes it of the clients, clock and decisions of a rehearsal
     */
    public static <I, O> void beforeSnapshot(Class<I> input, Function<Rehearsal, RequestHandler<I, O>> handler) {
        Priming.beforeSnapshot(() -> run(input, handler.apply(new Rehearsal())));
    }

    public Ec2Client ec2() {
        return offline(Ec2Client.builder());
    }

    public AutoScalingClient autoScaling() {
        return offline(AutoScalingClient.builder());
    }

    public Clock clock() {
        return CLOCK;
    }

    /** Written, but to nowhere. */
    public Decisions decisions() {
        return new JsonLines(new PrintStream(OutputStream.nullOutputStream()), CLOCK);
    }

    private static <I, O> void run(Class<I> input, RequestHandler<I, O> handler) {
        var json = new TaskJson();
        try (var sample = sample(input)) {
            var output = handler.handleRequest(json.fromJson(sample, input), null);
            json.toJson(output, OutputStream.nullOutputStream(), Object.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static InputStream sample(Class<?> input) {
        return Rehearsal.class.getResourceAsStream(
                "/rehearsal/" + input.getSimpleName().replace("Input", "") + ".json");
    }

    private static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C offline(B builder) {
        return AwsClients.configured(builder)
                .httpClient(new CannedHttpClient())
                .region(Region.US_EAST_1)
                .credentialsProvider(NOBODY)
                .build();
    }
}
