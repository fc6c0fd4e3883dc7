package eiponlaunch.findinstanceswithouteip;

import static org.assertj.core.api.Assertions.assertThat;

import eiponlaunch.telemetry.Metric;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.autoscaling.model.Activity;
import software.amazon.awssdk.services.ec2.model.Address;

/** What FindInstancesWithoutEip measures: pools, drift, and launches that wait for too long. */
class PoolMeasuresTest extends FindInstances {
    @Test
    void thePoolIsMeasured() {
        group("proxies", "i-1 InService", "i-2 InService", "i-3 InService");
        held("eipalloc-1", "i-1");
        free("eipalloc-2");
        ec2.addresses.add(Address.builder()
                .allocationId("eipalloc-nlb")
                .publicIp("192.0.2.9")
                .serviceManaged("nlb")
                .build());

        find(PROXIES);

        assertThat(decisions).singleElement().satisfies(decision -> {
            assertThat(decision.name()).isEqualTo("InstancesWithoutEip");
            assertThat(decision.pool()).isEqualTo("Application=ForwardProxy");
            assertThat(decision.metrics())
                    .isEqualTo(Map.of(
                            Metric.PoolSize, 3, Metric.PoolFree, 1, Metric.EipDrift, 2, Metric.LaunchesOverdue, 0));
        });
    }

    @Test
    void aGroupThatLacksNothingIsSaidToLackNothing() {
        group("proxies", "i-1 InService");
        held("eipalloc-1", "i-1");

        assertThat(find(PROXIES).instances()).isEmpty();
        assertThat(decisions.get(0).name()).isEqualTo("EveryInstanceHasEip");
    }

    @Test
    void aLaunchThatIsHeldForTwoMinutesWithoutAnAddressIsOverdueWhileThePoolHasOne() {
        group("proxies", "i-1 Pending:Wait", "i-2 Pending:Wait", "i-3 Pending:Wait", "i-4 Pending:Wait");
        held("eipalloc-1", "i-1");
        free("eipalloc-2");
        launching("i-1", Duration.ofMinutes(10));
        launching("i-2", Duration.ofSeconds(121));
        launching("i-3", Duration.ofSeconds(120));
        autoScaling.activities.add(
                activity("i-4", Duration.ofMinutes(10)).endTime(NOW).build());
        autoScaling.activities.add(Activity.builder().startTime(NOW).build());
        autoScaling.activities.add(Activity.builder()
                .description("Launching a new EC2 instance: i-4")
                .build());
        autoScaling.activities.add(Activity.builder()
                .startTime(NOW.minusSeconds(999))
                .description("Terminating EC2 instance: i-4")
                .build());

        find(PROXIES);

        assertThat(decisions.get(0).metrics()).containsEntry(Metric.LaunchesOverdue, 1);
        assertThat(autoScaling.describeActivities.get(0).autoScalingGroupName()).isEqualTo("proxies");
    }

    /** Auto Scaling tells of a hundred activities at once, first of those in progress, the latest at the front. */
    @Test
    void aLaunchIsOverdueThoughAHundredOthersBeganLater() {
        group("proxies", "i-abc Pending:Wait");
        free("eipalloc-1");
        for (var other = 100; other < 200; other++) {
            launching("i-" + other, Duration.ofSeconds(1));
        }
        launching("i-abc", Duration.ofMinutes(10));
        for (var other = 200; other < 400; other++) {
            autoScaling.activities.add(
                    activity("i-" + other, Duration.ofMinutes(20)).endTime(NOW).build());
        }

        find(PROXIES);

        assertThat(decisions.get(0).metrics()).containsEntry(Metric.LaunchesOverdue, 1);
        assertThat(autoScaling.describeActivities)
                .as("what has ended is not read page after page")
                .hasSize(2);
    }

    /** The three ways in which an activity history tells of a launch. */
    @Test
    void aLaunchOutOfAWarmPoolIsOverdueAndOneIntoItIsNot() {
        group("proxies", "i-1 Pending:Wait", "i-2 Pending:Wait", "i-3 Pending:Wait");
        free("eipalloc-1");
        for (var description : List.of(
                "Launching a new EC2 instance: i-1",
                "Launching a new EC2 instance from warm pool: i-2",
                "Launching a new EC2 instance into warm pool: i-3")) {
            autoScaling.activities.add(Activity.builder()
                    .description(description)
                    .startTime(NOW.minusSeconds(600))
                    .build());
        }

        find(PROXIES);

        assertThat(decisions.get(0).metrics()).containsEntry(Metric.LaunchesOverdue, 2);
    }

    @Test
    void aLaunchThatWaitsForAnEmptyPoolIsNotOverdue() {
        group("proxies", "i-2 Pending:Wait");
        launching("i-2", Duration.ofMinutes(5));

        find(PROXIES);

        assertThat(decisions.get(0).metrics()).containsEntry(Metric.LaunchesOverdue, 0);
    }

    @Test
    void theActivitiesAreOnlyAskedForWhenAHookHoldsAnInstanceWithoutAddress() {
        group("proxies", "i-1 Pending:Wait", "i-2 InService");
        held("eipalloc-1", "i-1");

        find(PROXIES);

        assertThat(autoScaling.describeActivities).isEmpty();
    }

    @Test
    void aLaunchWithoutAnAddressIsOverdueAndOneThatHasItsAddressIsNot() {
        group("proxies", "i-1 Pending:Wait", "i-2 Pending:Wait", "i-3 Pending:Wait");
        held("eipalloc-1", "i-1");
        free("eipalloc-2");
        launching("i-1", Duration.ofMinutes(10));
        launching("i-2", Duration.ofMinutes(10));
        launching("i-3", Duration.ofMinutes(10));

        find(PROXIES);

        assertThat(decisions.get(0).metrics()).containsEntry(Metric.LaunchesOverdue, 2);
    }

    @Test
    void aLaunchWhoseActivityHasEndedIsNotOverdue() {
        group("proxies", "i-1 Pending:Wait");
        free("eipalloc-1");
        autoScaling.activities.add(
                activity("i-1", Duration.ofMinutes(10)).endTime(NOW).build());

        find(PROXIES);

        assertThat(decisions.get(0).metrics()).containsEntry(Metric.LaunchesOverdue, 0);
    }

    @Test
    void aLaunchIsNotOverdueWhileTheOnlyAddressServesAnotherZone() {
        group("proxies", in("us-east-1a", "i-1", "Pending:Wait"), in("us-east-1b", "i-2", "Pending:Wait"));
        freeIn("us-east-1b", "eipalloc-1");
        launching("i-1", Duration.ofMinutes(10));
        launching("i-2", Duration.ofMinutes(10));

        findByZone();

        assertThat(decisions.get(0).metrics()).containsEntry(Metric.LaunchesOverdue, 1);
    }

    @Test
    void asFreeCountsWhatTheZoneWithTheFewestAddressesCanUse() {
        group("proxies", in("us-east-1a", "i-1", "InService"), in("us-east-1b", "i-2", "InService"));
        freeIn("us-east-1a", "eipalloc-1");
        freeIn("us-east-1a", "eipalloc-2");
        freeIn("id-of-us-east-1b", "eipalloc-3");
        free("eipalloc-4");

        findByZone();

        assertThat(decisions.get(0).metrics()).containsEntry(Metric.PoolSize, 4).containsEntry(Metric.PoolFree, 2);
    }

    private void free(String allocationId) {
        ec2.addresses.add(Address.builder()
                .allocationId(allocationId)
                .publicIp("192.0.2.2")
                .build());
    }

    private void launching(String instanceId, Duration since) {
        autoScaling.activities.add(activity(instanceId, since).build());
    }

    private static Activity.Builder activity(String instanceId, Duration since) {
        return Activity.builder()
                .description("Launching a new EC2 instance: " + instanceId)
                .startTime(NOW.minus(since));
    }
}
