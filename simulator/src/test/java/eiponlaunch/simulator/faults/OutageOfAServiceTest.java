package eiponlaunch.simulator.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutageOfAServiceTest {
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "AssociateAddress, EC2",
        "DescribeInstances, EC2",
        "DescribeAutoScalingGroups, AUTO_SCALING",
        "DescribeLifecycleHooks, AUTO_SCALING",
        "DescribeScalingActivities, AUTO_SCALING",
        "CompleteLifecycleAction, AUTO_SCALING",
        "StartExecution, STEP_FUNCTIONS",
        "ListExecutions, STEP_FUNCTIONS",
    })
    void anOutageOfAServiceHitsItsCallsAndNobodyElses(String api, Service service) {
        for (var other : Service.values()) {
            assertThat(new Outage(other, NOW, NOW.plusSeconds(1)).onCall(api, NOW) != CallFault.NONE)
                    .as("%s in an outage of %s", api, other)
                    .isEqualTo(other == service);
        }
    }
}
