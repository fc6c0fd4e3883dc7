package eiponlaunch.findfreeeip;

import static org.assertj.core.api.Assertions.assertThat;

import eiponlaunch.Events;
import eiponlaunch.FakeAutoScaling;
import eiponlaunch.FakeEc2;
import eiponlaunch.TaskInputs;
import eiponlaunch.findfreeeip.FindFreeEipOutput.Outcome;
import eiponlaunch.model.EipPools;
import eiponlaunch.model.LifecycleAction;
import eiponlaunch.model.Zone;
import eiponlaunch.telemetry.Decision;
import eiponlaunch.telemetry.Decisions;
import eiponlaunch.telemetry.Metric;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.autoscaling.model.LifecycleState;
import software.amazon.awssdk.services.ec2.model.Address;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.Tag;

/** The launching instance is in us-east-1a. */
class FindFreeEipZoneTest {
    private static final Zone A = new Zone("us-east-1a", "use1-az2");

    private final FakeEc2 ec2 = new FakeEc2();
    private final FakeAutoScaling autoScaling = new FakeAutoScaling();
    private final List<Decision> decided = new ArrayList<>();
    private Instant now = Events.TIME;

    @Test
    void anotherZonesAddressIsLeftAloneAndNotCounted() {
        shown("us-east-1a");
        free("a", "us-east-1b");
        assertThat(find().outcome()).isEqualTo(Outcome.PoolEmpty);
        assertThat(decided.get(0).metrics()).containsEntry(Metric.PoolFree, 0).containsEntry(Metric.PoolSize, 1);

        free("b", "us-east-1a");
        free("c", null);
        var found = find();
        assertThat(found.eip().allocationId()).isEqualTo("eipalloc-b");
        assertThat(found.zone().name()).isEqualTo("us-east-1a");
        assertThat(decided.get(1).metrics()).containsEntry(Metric.PoolFree, 2).containsEntry(Metric.PoolSize, 3);
        assertThat(decided.get(1).zone()).isEqualTo("us-east-1a");
    }

    @Test
    void theOrderOfTheTagComesBeforeThatOfTheAllocationIds() {
        shown("us-east-1a");
        free("a", null, "10");
        free("b", null, "9");
        free("c", null);

        assertThat(find().eip().allocationId()).isEqualTo("eipalloc-b");
    }

    @Test
    void theHooksMetadataNamesOtherTags() {
        shown("us-east-1a");
        free("a", "us-east-1b", "2");
        free("b", "us-east-1b", "1");

        assertThat(find("{\"eipZoneTagKey\": \"\", \"eipOrderTagKey\": \"Order\"}")
                        .eip()
                        .allocationId())
                .isEqualTo("eipalloc-b");
        assertThat(find("{\"eipZoneTagKey\": \"\", \"eipOrderTagKey\": \"\"}")
                        .eip()
                        .allocationId())
                .isEqualTo("eipalloc-a");
    }

    @Test
    void autoScalingTellsTheIdOfTheZone() {
        autoScaling.showsIn(A, Events.INSTANCE, LifecycleState.PENDING_WAIT);
        free("a", "use1-az4");
        free("b", "use1-az2");

        assertThat(find().eip().allocationId()).isEqualTo("eipalloc-b");
        assertThat(find().zone()).isEqualTo(A);
        assertThat(ec2.describeAvailabilityZones).isEmpty();
    }

    @Test
    void whereAutoScalingDoesNotTellTheIdEc2IsAskedOnceForAllZones() {
        shown("us-east-1a");
        autoScaling.shows("i-0fffffffffffffff0", LifecycleState.PENDING_WAIT, "us-east-1b");
        ec2.zoneIds.putAll(Map.of("us-east-1a", "use1-az2", "us-east-1b", "use1-az4"));
        free("a", "use1-az4");
        free("b", "use1-az2");

        assertThat(find().eip().allocationId()).isEqualTo("eipalloc-b");
        assertThat(ec2.describeAvailabilityZones).hasSize(1);
        assertThat(ec2.describeAvailabilityZones.get(0).zoneNames())
                .containsExactlyInAnyOrder("us-east-1a", "us-east-1b");
    }

    @Test
    void whereTheGroupDoesNotShowTheInstanceEc2TellsItsZone() {
        autoScaling.shows("i-0fffffffffffffff0", LifecycleState.IN_SERVICE, "us-east-1b");
        ec2.instances.add(Instance.builder()
                .instanceId(Events.INSTANCE)
                .placement(placement -> placement.availabilityZone("us-east-1a").availabilityZoneId("use1-az2"))
                .build());
        free("a", "us-east-1b");
        free("b", "us-east-1a");

        assertThat(find().eip().allocationId()).isEqualTo("eipalloc-b");
    }

    @Test
    void whoseZoneIsNotKnownTakesOnlyWhatServesEveryZone() {
        autoScaling.shows("i-0fffffffffffffff0", LifecycleState.IN_SERVICE, "us-east-1b");
        free("a", "us-east-1b");
        assertThat(find().outcome()).isEqualTo(Outcome.PoolEmpty);

        free("b", null);
        assertThat(find().eip().allocationId()).isEqualTo("eipalloc-b");
    }

    @Test
    void aLaunchThatWaitsForItsZonesAddressAsksNobodyAboutTheGroupWhileOnlyOthersAreFree() {
        shown("us-east-1a");
        free("a", "us-east-1b");
        free("b", "use1-az4");

        assertThat(waits(A).outcome()).isEqualTo(Outcome.PoolEmpty);
        assertThat(autoScaling.describeGroups).isEmpty();

        free("c", "us-east-1a");
        assertThat(waits(A).eip().allocationId()).isEqualTo("eipalloc-c");
        assertThat(autoScaling.describeGroups).hasSize(1);
    }

    /** Its place would else be counted over addresses that those ahead cannot use. */
    @Test
    void theTurnAfterThrottlingCountsTheAddressesOfItsOwnZone() {
        shown("us-east-1a");
        for (var name : List.of("a", "c", "e", "g")) {
            free(name, "us-east-1b");
        }
        for (var name : List.of("b", "d", "f", "h")) {
            free(name, "us-east-1a");
        }
        var planned = find();
        now = Events.TIME.plusSeconds(1);
        var last = new Plan(
                eiponlaunch.aws.PoolFilters.eip(ec2.addresses.get(6)), Events.TIME, 8, 50, 100); // f: two of four

        assertThat(planned.eip().allocationId()).isEqualTo("eipalloc-b");
        assertThat(planned(last).eip().allocationId()).isEqualTo("eipalloc-f");
        assertThat(planned(last).secondsUntilTurn()).isEqualTo(1);
    }

    @Test
    void theAddressesOfOtherZonesAreNotAheadInTheTurnAfterThrottling() {
        shown("us-east-1a");
        for (var i = 10; i < 40; i++) {
            free("a" + i, "us-east-1b");
        }
        for (var i = 10; i < 40; i++) {
            free("b" + i, "us-east-1a");
        }
        now = Events.TIME.plusSeconds(20);
        var first = new Plan(eiponlaunch.aws.PoolFilters.eip(ec2.addresses.get(30)), Events.TIME, 60, 0, 100);

        assertThat(planned(first).eip().allocationId()).isEqualTo("eipalloc-b10");
        assertThat(planned(first).secondsUntilTurn()).isEqualTo(1);
    }

    @Test
    void whereOnlyAnotherZonesAddressIsFreeNobodyIsAskedAboutTheInstance() {
        shown("us-east-1a");
        free("a", "us-east-1b");

        assertThat(find().outcome()).isEqualTo(Outcome.PoolEmpty);
        assertThat(ec2.describeInstances).isEmpty();
    }

    @Test
    void launchesForWhoseZoneThereIsNoAddressAreNotAhead() {
        shown("us-east-1a");
        autoScaling.shows("i-00000000000000000", LifecycleState.PENDING_WAIT, "us-east-1b");
        autoScaling.shows("i-00000000000000001", LifecycleState.PENDING_WAIT, "us-east-1a");
        free("a", "us-east-1a");
        free("b", "us-east-1a");

        assertThat(find().plan().ahead()).isEqualTo(1);
    }

    @Test
    void anIdThatOneInstanceOfTheZoneShowsIsThatOfAllInTheZone() {
        autoScaling.shows("i-00000000000000000", LifecycleState.PENDING_WAIT, "us-east-1a");
        autoScaling.showsIn(A, Events.INSTANCE, LifecycleState.PENDING_WAIT);
        free("a", "use1-az2");
        free("b", "use1-az2");

        assertThat(find().eip().allocationId()).isEqualTo("eipalloc-b");
        assertThat(ec2.describeAvailabilityZones).isEmpty();
    }

    @Test
    void instancesInServiceOfAnotherGroupHaveTheZoneThatTheRunTells() {
        autoScaling.shows(Events.INSTANCE, LifecycleState.IN_SERVICE, "us-east-1a");
        free("a", "us-east-1a");
        free("b", "us-east-1a");
        var ahead = "i-00000000000000000";

        assertThat(repaired(List.of(ahead, Events.INSTANCE), List.of("us-east-1b", "us-east-1a"))
                        .eip()
                        .allocationId())
                .isEqualTo("eipalloc-a");
        assertThat(repaired(List.of(ahead, Events.INSTANCE), List.of("us-east-1a", "us-east-1a"))
                        .eip()
                        .allocationId())
                .isEqualTo("eipalloc-b");
    }

    private FindFreeEipOutput find() {
        return find(null);
    }

    private FindFreeEipOutput find(String metadata) {
        var event = Events.launch();
        if (metadata != null) {
            Events.detail(event).put("NotificationMetadata", metadata);
        }
        return look(event, Map.of());
    }

    private FindFreeEipOutput waits(Zone zone) {
        return look(
                Events.launch(),
                zone == null ? Map.of("poolWasEmpty", true) : Map.of("poolWasEmpty", true, "zone", zone));
    }

    private FindFreeEipOutput planned(Plan plan) {
        return look(Events.launch(), Map.of("plan", plan, "zone", A));
    }

    private FindFreeEipOutput repaired(List<String> queue, List<String> zones) {
        return look(Events.launch(), Map.of("afterLaunches", queue, "afterLaunchesZones", zones));
    }

    private FindFreeEipOutput look(Object event, Map<String, ?> more) {
        var decisions = new Decisions() {
            @Override
            public void report(Decision decision) {
                decided.add(decision);
            }

            @Override
            public void warn(LifecycleAction action, String message) {}
        };
        return new FindFreeEipHandler(ec2, autoScaling, Clock.fixed(now, ZoneOffset.UTC), decisions)
                .handleRequest(
                        TaskInputs.findFreeEip(
                                event, new EipPools("Application=ForwardProxy", "", "Order", "Zone"), more),
                        null);
    }

    private void shown(String zone) {
        autoScaling.shows(Events.INSTANCE, LifecycleState.PENDING_WAIT, zone);
    }

    private void free(String name, String zone, String... order) {
        var tags = new ArrayList<Tag>();
        if (zone != null) {
            tags.add(Tag.builder().key("Zone").value(zone).build());
        }
        if (order.length > 0) {
            tags.add(Tag.builder().key("Order").value(order[0]).build());
        }
        ec2.addresses.add(Address.builder()
                .allocationId("eipalloc-" + name)
                .publicIp("203.0.113." + (name.charAt(0) - 'a' + 1))
                .tags(tags)
                .build());
    }
}
