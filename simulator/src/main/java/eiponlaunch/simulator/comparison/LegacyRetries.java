package eiponlaunch.simulator.comparison;

import eiponlaunch.aws.AwsFailures;
import java.time.Duration;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * What boto3's legacy mode retries, and when. Unlike the standard mode it has neither a quota of retries nor a longest
 * delay; EC2's RequestLimitExceeded is retried for its status, 503.
 *
 * @param attempts how often a call is made at most
 * @see <a href="https://docs.aws.amazon.com/boto3/latest/guide/retries.html">Retries in boto3</a>
 */
record LegacyRetries(int attempts) {
    private static final Set<Integer> STATUSES = Set.of(429, 500, 502, 503, 504, 509);
    private static final Set<String> CODES = Set.of(
            "Throttling",
            "ThrottlingException",
            "ThrottledException",
            "RequestThrottledException",
            "ProvisionedThroughputExceededException");

    /** @param attempt the number of the attempt that failed, from 1 */
    boolean retries(int attempt, SdkException failure) {
        return attempt < attempts && isTransient(failure);
    }

    private static boolean isTransient(SdkException failure) {
        return !(failure instanceof AwsServiceException answer) // no answer: a broken connection or a read timeout
                || STATUSES.contains(answer.statusCode())
                || CODES.contains(AwsFailures.code(answer));
    }

    /**
     * From the failure of an attempt to the next one.
     *
     * @param chance at least 0, below 1
     */
    static Duration delay(int attempt, double chance) {
        return Duration.ofNanos((long) (chance * (1L << (attempt - 1)) * 1e9));
    }
}
