package eiponlaunch.simulator.faults;

import static org.assertj.core.api.Assertions.assertThat;

import asl.time.Seed;
import java.time.Instant;
import java.util.EnumSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeededFaultsTest {
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "DescribeAddresses, RequestLimitExceeded",
        "DescribeInstances, RequestLimitExceeded",
        "AssociateAddress, RequestLimitExceeded",
        "DescribeAutoScalingGroups, RateExceeded",
        "DescribeLifecycleHooks, RateExceeded",
        "DescribeScalingActivities, RateExceeded",
        "CompleteLifecycleAction, RateExceeded",
        "RecordLifecycleActionHeartbeat, RateExceeded",
        "StartExecution, Throttling",
        "ListExecutions, Throttling",
    })
    void aServiceThrottlesInItsOwnWords(String api, String code) {
        var codes = IntStream.range(0, 200)
                .mapToObj(seed -> new SeededFaults(EnumSet.of(FaultName.THROTTLE), new Seed(seed)).onCall(api, NOW))
                .filter(answer -> answer != CallFault.NONE)
                .map(CallFault::code);

        assertThat(codes).containsOnly(code);
    }

    @Test
    void autoScalingThrottlesTheQuestionAboutAGroupAndNoOther() {
        var faults = new SeededFaults(EnumSet.of(FaultName.GROUP_THROTTLED), new Seed(1));

        assertThat(faults.onCall("DescribeAutoScalingGroups", NOW).code()).isEqualTo("RateExceeded");
        assertThat(faults.onCall("CompleteLifecycleAction", NOW)).isEqualTo(CallFault.NONE);
    }
}
