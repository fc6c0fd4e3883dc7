package eiponlaunch.simulator.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;

class LegacyRetriesTest {
    private final LegacyRetries retries = new LegacyRetries(6);

    @ParameterizedTest
    @CsvSource({
        "RequestLimitExceeded, 503, true",
        "InternalError, 500, true",
        "ResourceContention, 500, true",
        "Unavailable, 502, true",
        "Throttling, 400, true",
        "ThrottlingException, 400, true",
        "Anything, 429, true",
        "RequestLimitExceeded, 400, false",
        "Resource.AlreadyAssociated, 400, false",
        "InvalidInstanceID, 400, false",
        "UnauthorizedOperation, 403, false",
        "ValidationError, 400, false",
        "Anything, 501, false",
    })
    void retriesThrottlesAndSomeStatuses(String code, int status, boolean retried) {
        assertThat(retries.retries(1, failure(code, status))).isEqualTo(retried);
    }

    @Test
    void retriesACallThatWasNotAnswered() {
        assertThat(retries.retries(1, ApiCallTimeoutException.create(1))).isTrue();
    }

    @Test
    void makesSixAttemptsAtMost() {
        var failure = failure("RequestLimitExceeded", 503);

        assertThat(retries.retries(5, failure)).isTrue();
        assertThat(retries.retries(6, failure)).isFalse();
    }

    @Test
    void theLongestDelayDoublesFromOneSecond() {
        assertThat(LegacyRetries.delay(1, 0)).isZero();
        assertThat(LegacyRetries.delay(1, 0.5)).isEqualTo(Duration.ofMillis(500));
        assertThat(LegacyRetries.delay(2, 0.5)).isEqualTo(Duration.ofSeconds(1));
        assertThat(LegacyRetries.delay(5, 0.999)).isBetween(Duration.ofMillis(15_900), Duration.ofSeconds(16));
    }

    private static Ec2Exception failure(String code, int status) {
        return (Ec2Exception) Ec2Exception.builder()
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
                .build();
    }
}
