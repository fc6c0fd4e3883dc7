package eiponlaunch.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;

class PrimingTest {
    @ParameterizedTest
    @MethodSource("rehearsals")
    void aRehearsalEndsWithoutNetworkAndWithoutCredentialsOfTheFunction(Runnable rehearsal) {
        assertThatCode(rehearsal::run).doesNotThrowAnyException();
    }

    private static Stream<Runnable> rehearsals() {
        return Stream.of(Rehearsal::ec2, Rehearsal::autoScaling);
    }

    @Test
    void theAnswerOfARehearsalIsParsedAsAwsOwn() {
        try (var ec2 = Ec2Client.builder()
                .httpClient(new CannedHttpClient("DescribeAddresses"))
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .build()) {
            assertThat(ec2.describeAddresses().addresses()).singleElement().satisfies(address -> {
                assertThat(address.allocationId()).isEqualTo("eipalloc-0123456789abcdef0");
                assertThat(address.associationId()).isNull();
            });
        }
    }

    @Test
    void workIsDoneBeforeTheSnapshotAndNotAgainAfterARestore() {
        List<String> done = new ArrayList<>();
        var priming = new Priming(() -> done.add("work"));

        priming.beforeCheckpoint(null);
        priming.afterRestore(null);

        assertThat(done).containsExactly("work");
    }

    @ParameterizedTest
    @MethodSource("failures")
    void workThatFailsDoesNotFailTheFunction(Runnable failing) {
        assertThatCode(() -> new Priming(failing).beforeCheckpoint(null)).doesNotThrowAnyException();
    }

    private static Stream<Runnable> failures() {
        return Stream.of(
                () -> {
                    throw new IllegalStateException("no answer");
                },
                () -> {
                    throw new NoClassDefFoundError("left out of the package");
                });
    }

    @Test
    void registeringDoesNothingWhereThereIsNoSnapshot() {
        List<String> done = new ArrayList<>();

        Priming.beforeSnapshot(() -> done.add("work"));

        assertThat(done).isEmpty();
    }
}
