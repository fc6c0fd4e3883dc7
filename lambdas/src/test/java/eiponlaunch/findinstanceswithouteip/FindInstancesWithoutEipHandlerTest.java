package eiponlaunch.findinstanceswithouteip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eiponlaunch.Aws;
import eiponlaunch.FakeAutoScaling;
import eiponlaunch.FakeEc2;
import eiponlaunch.failure.AccessDeniedException;
import eiponlaunch.failure.MalformedEventException;
import eiponlaunch.failure.MalformedMetadataException;
import eiponlaunch.findinstanceswithouteip.FindInstancesWithoutEipOutput.InstanceWithoutEip;
import eiponlaunch.model.EipPools;
import eiponlaunch.telemetry.Decision;
import eiponlaunch.telemetry.Metric;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.autoscaling.model.Activity;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.Instance;
import software.amazon.awssdk.services.autoscaling.model.LifecycleHook;
import software.amazon.awssdk.services.ec2.model.Address;
import software.amazon.awssdk.services.ec2.model.Tag;

class FindInstancesWithoutEipHandlerTest {
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
    private static final EipPools POOLS = new EipPools("Application=ForwardProxy", "Application,Team");
    private static final Map<String, Object> PROXIES = Map.of("autoScalingGroupName", "proxies");

    private final FakeAutoScaling autoScaling = new FakeAutoScaling();
    private final FakeEc2 ec2 = new FakeEc2();
    private final List<Decision> decisions = new ArrayList<>();
    private final FindInstancesWithoutEipHandler handler =
            new FindInstancesWithoutEipHandler(autoScaling, ec2, Clock.fixed(NOW, ZoneOffset.UTC), decisions::add);

    @Test
    void instancesInServiceThatHoldNoAddressOfThePoolAreFoundInTheOrderOfTheirIds() {
        group("proxies", "i-3 InService", "i-1 InService", "i-2 InService");
        held("eipalloc-1", "i-2");

        var output = find(PROXIES);

        assertThat(output.instances())
                .containsExactly(new InstanceWithoutEip("i-1", "proxies"), new InstanceWithoutEip("i-3", "proxies"));
        assertThat(output.queue()).containsExactly("i-1", "i-3");
        assertThat(output.inService()).isEqualTo(3);
        assertThat(output.withoutEip()).isEqualTo(2);
        assertThat(output.groups()).containsExactly("proxies");
        assertThat(output.notificationMetadata()).isNull();
        assertThat(ec2.describeAddresses.get(0).filters().get(0).name()).isEqualTo("tag:Application");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Pending",
                "Pending:Wait",
                "Pending:Proceed",
                "Quarantined",
                "Standby",
                "EnteringStandby",
                "Detaching",
                "Detached",
                "Terminating",
                "Terminating:Wait",
                "Terminating:Proceed",
                "Terminated",
                "Warmed:Pending:Wait",
                "Warmed:Running",
                "Warmed:Stopped",
                "AStateOfTheFuture"
            })
    void anInstanceInAnyOtherStateIsLeftAlone(String state) {
        group("proxies", "i-1 " + state);

        assertThat(find(PROXIES).inService()).isZero();
        assertThat(find(PROXIES).instances()).isEmpty();
    }

    @Test
    void theAddressesAreReadAfterTheGroups() {
        group("proxies", "i-1 InService");
        ec2.failures.add(Aws.ec2Error(403, "UnauthorizedOperation", "No."));

        assertThatThrownBy(() -> find(PROXIES))
                .isInstanceOf(AccessDeniedException.class)
                .hasMessageStartingWith("FindInstancesWithoutEip for proxies failed, UnauthorizedOperation: No.");
        assertThat(autoScaling.describeGroups).hasSize(1);
    }

    @Test
    void everyPageOfTheGroupsIsRead() {
        group("proxies", "i-1 InService");
        group("mail", "i-2 InService");
        group("web", "i-3 InService");

        var output = find(Map.of("autoScalingGroupNames", List.of("web", "proxies", "mail", "web")));

        assertThat(output.queue()).containsExactly("i-1", "i-2", "i-3");
        assertThat(output.groups()).containsExactly("web", "proxies", "mail");
        assertThat(autoScaling.describeGroups).hasSize(3).allSatisfy(request -> {
            assertThat(request.autoScalingGroupNames()).containsExactly("web", "proxies", "mail");
            assertThat(request.maxRecords()).isEqualTo(100);
        });
    }

    @Test
    void atMostFiftyAreHandedOnAtOnceAndTheOthersWaitBehindThem() {
        group(
                "proxies",
                IntStream.range(1000, 3000)
                        .mapToObj(n -> "i-" + n + " InService")
                        .toArray(String[]::new));

        var output = find(PROXIES);

        assertThat(output.instances()).hasSize(50).startsWith(new InstanceWithoutEip("i-1000", "proxies"));
        assertThat(output.queue()).hasSize(1000).startsWith("i-1000", "i-1001");
        assertThat(output.withoutEip()).isEqualTo(2000);
        assertThat(find(with(PROXIES, "dryRun", true)).instances()).hasSize(300);
    }

    @Test
    void whoGotAnAddressAMomentAgoCountsAsAHolderThoughEc2DoesNotShowItYet() {
        group("proxies", "i-1 InService", "i-2 InService");

        var output = find(PROXIES, List.of("i-1"), List.of());

        assertThat(output.queue()).containsExactly("i-2");
        assertThat(output.withoutEip()).isOne();
        assertThat(decisions.get(0).metrics()).containsEntry(Metric.EipDrift, 1);
    }

    @Test
    void whoWasGivenUpIsNotTriedAgainAndKeepsNoPlaceButIsStillWithoutAddress() {
        group("proxies", "i-1 InService", "i-2 InService");

        var output = find(PROXIES, List.of(), List.of("i-1"));

        assertThat(output.instances()).containsExactly(new InstanceWithoutEip("i-2", "proxies"));
        assertThat(output.queue()).containsExactly("i-2");
        assertThat(output.withoutEip()).isEqualTo(2);
    }

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
    void aGroupThatIsNotThereIsNamedAndTheOthersAreServed() {
        group("proxies", "i-1 InService");

        var output = find(Map.of("autoScalingGroupNames", List.of("gone", "proxies")));

        assertThat(output.notFound()).containsExactly("gone");
        assertThat(output.queue()).containsExactly("i-1");
    }

    @Test
    void theHookOfEachGroupChoosesItsPoolAndOneRoundServesOnePool() {
        group("mail", "i-1 InService");
        group("proxies", "i-2 InService");
        hook("mail", "associate-eip", "autoscaling:EC2_INSTANCE_LAUNCHING", "{\"eipPool\": {\"Team\": \"mail\"}}");
        hook("mail", "a-terminating-one", "autoscaling:EC2_INSTANCE_TERMINATING", "{\"eipPool\": {\"Team\": \"x\"}}");
        hook("mail", "a-hook-of-others", "autoscaling:EC2_INSTANCE_LAUNCHING", "{\"eipPool\": {\"Team\": \"y\"}}");
        var both = Map.<String, Object>of("autoScalingGroupNames", List.of("mail", "proxies"));

        var first = find(both);
        var second = find(both, List.of("i-1"), List.of());

        assertThat(first.notificationMetadata()).isEqualTo("{\"eipPool\": {\"Team\": \"mail\"}}");
        assertThat(first.queue()).containsExactly("i-1");
        assertThat(first.withoutEip()).isEqualTo(2);
        assertThat(second.notificationMetadata()).isNull();
        assertThat(second.queue()).containsExactly("i-2");
        assertThat(decisions).extracting(Decision::pool).contains("Team=mail", "Application=ForwardProxy");
    }

    @Test
    void forADefinitionInWhichHooksMayChooseNothingNoHookIsLookedAt() {
        group("proxies", "i-1 InService");
        hook("proxies", "associate-eip", "autoscaling:EC2_INSTANCE_LAUNCHING", "{\"eipPool\": {\"Team\": \"mail\"}}");
        var input = Map.<String, Object>of("autoScalingGroupNames", List.of("proxies"));

        for (var keys : new String[] {"", null}) {
            var output = handler.handleRequest(
                    new FindInstancesWithoutEipInput(
                            input, new EipPools("Application=ForwardProxy", keys), "associate-eip", null, null),
                    null);
            assertThat(output.notificationMetadata()).isNull();
            assertThat(output.queue()).containsExactly("i-1");
        }
    }

    @Test
    void aGroupWhoseHookChoosesItsPoolInAnotherFormIsLeftOut() {
        group("mail", "i-1 InService");
        group("proxies", "i-2 InService");
        hook("mail", "associate-eip", "autoscaling:EC2_INSTANCE_LAUNCHING", "{\"eipPool\": 7}");

        var output = find(Map.of("autoScalingGroupNames", List.of("mail", "proxies")));

        assertThat(output.leftOut()).singleElement().asString().contains("The group mail was left out.", "eipPool");
        assertThat(output.queue()).containsExactly("i-2");
    }

    @Test
    void anOperatorsOwnPoolIsHandedOnAsAHookWouldChooseIt() {
        group("proxies", "i-1 InService");

        var output = find(with(PROXIES, "eipPool", Map.of("Team", "mail")));

        assertThat(output.notificationMetadata()).isEqualTo("{\"eipPool\":{\"Team\":\"mail\"}}");
        assertThatThrownBy(() -> find(with(PROXIES, "eipPool", Map.of("Owner", "net"))))
                .isInstanceOf(MalformedMetadataException.class);
    }

    @Test
    void theFlagsAreReadAndFalseUnlessGiven() {
        group("proxies", new String[0]);

        assertThat(find(PROXIES).dryRun()).isFalse();
        assertThat(find(with(PROXIES, "dryRun", false)).dryRun()).isFalse();
        assertThat(find(PROXIES).replaceOtherEips()).isFalse();
        assertThat(find(with(PROXIES, "dryRun", true)).dryRun()).isTrue();
        assertThat(find(with(PROXIES, "replaceOtherEips", true)).replaceOtherEips())
                .isTrue();
    }

    static List<Object> malformed() {
        var inputs = new ArrayList<Object>(List.of(
                "proxies",
                Map.of(),
                Map.of("autoScalingGroupName", ""),
                Map.of("autoScalingGroupName", " "),
                Map.of("autoScalingGroupName", 7),
                Map.of("autoScalingGroupNames", List.of()),
                Map.of("autoScalingGroupNames", "proxies"),
                Map.of("autoScalingGroupNames", List.of("proxies", 7)),
                Map.of(
                        "autoScalingGroupNames",
                        IntStream.range(0, 101).mapToObj(n -> "g" + n).toList()),
                with(PROXIES, "autoScalingGroupNames", List.of("proxies")),
                with(PROXIES, "dryRun", "yes"),
                with(PROXIES, "dryRun", null),
                with(PROXIES, "replaceOtherEips", 1),
                with(PROXIES, "eipPool", null),
                with(PROXIES, "eipPool", "Team=mail")));
        inputs.add(null);
        return inputs;
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void aMalformedInputIsRefusedBeforeAnyCall(Object input) {
        assertThatThrownBy(() -> find(input))
                .isInstanceOf(MalformedEventException.class)
                .hasMessageStartingWith("The input");
        assertThat(autoScaling.describeGroups).isEmpty();
    }

    @Test
    void aHundredGroupsAreNotTooMany() {
        var names = IntStream.range(0, 100).mapToObj(n -> "g" + n).toList();

        assertThat(find(Map.of("autoScalingGroupNames", names)).notFound()).hasSize(100);
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
    void anInstanceThatTheGroupShowsWithoutAnIdIsLeftAlone() {
        group("proxies", in("us-east-1a", null, "InService"), in("us-east-1a", "i-1", "InService"));

        var output = find(PROXIES);

        assertThat(output.inService()).isOne();
        assertThat(output.queue()).containsExactly("i-1");
    }

    @Test
    void aServedHookThatDoesNotLaunchChoosesNoPool() {
        group("proxies", "i-1 InService");
        hook("proxies", "associate-eip", "autoscaling:EC2_INSTANCE_TERMINATING", "{\"eipPool\": {\"Team\": \"x\"}}");
        hook("proxies", "other", "autoscaling:EC2_INSTANCE_LAUNCHING", "{\"eipPool\": {\"Team\": \"mail\"}}");

        assertThat(find(Map.of("autoScalingGroupNames", List.of("proxies"))).notificationMetadata())
                .isEqualTo("{\"eipPool\": {\"Team\": \"mail\"}}");
    }

    @Test
    void whereAddressesServeOneZoneThoseWithAnAddressComeFirstAndTheZonesAreHandedOn() {
        group(
                "proxies",
                in("us-east-1b", "i-1", "InService"),
                in(null, "i-2", "InService"),
                in("us-east-1a", "i-3", "InService"));
        freeIn("us-east-1a", "eipalloc-1");

        var output = findByZone();

        assertThat(output.queue()).containsExactly("i-3", "i-1", "i-2");
        assertThat(output.queueZones()).containsExactly("us-east-1a", "us-east-1b", null);
    }

    @Test
    void whereAddressesServeEveryZoneNoZonesAreHandedOn() {
        group("proxies", in("us-east-1b", "i-1", "InService"), in("us-east-1a", "i-2", "InService"));
        freeIn("us-east-1a", "eipalloc-1");

        var output = find(PROXIES);

        assertThat(output.queue()).containsExactly("i-1", "i-2");
        assertThat(output.queueZones()).isEmpty();
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

    @Test
    void anInputWithoutPoolsIsMalformed() {
        assertThatThrownBy(() -> new FindInstancesWithoutEipInput(PROXIES, null, null, null, null))
                .isInstanceOf(MalformedEventException.class);
    }

    private FindInstancesWithoutEipOutput find(Object input) {
        return find(input, List.of(), List.of());
    }

    private FindInstancesWithoutEipOutput find(Object input, List<String> repaired, List<String> givenUp) {
        return handler.handleRequest(
                new FindInstancesWithoutEipInput(input, POOLS, "other, associate-eip", repaired, givenUp), null);
    }

    /** Where the tag Zone says which zone alone an address serves. */
    private FindInstancesWithoutEipOutput findByZone() {
        var pools = new EipPools("Application=ForwardProxy", "Application,Team", "", "Zone");
        return handler.handleRequest(
                new FindInstancesWithoutEipInput(PROXIES, pools, "associate-eip", List.of(), List.of()), null);
    }

    private static Map<String, Object> with(Map<String, Object> input, String field, Object value) {
        var changed = new HashMap<>(input);
        changed.put(field, value);
        return changed;
    }

    /** Instances as "ID state". */
    private void group(String name, String... instances) {
        autoScaling.groups.add(AutoScalingGroup.builder()
                .autoScalingGroupName(name)
                .instances(List.of(instances).stream()
                        .map(instance -> instance.split(" "))
                        .map(parts -> Instance.builder()
                                .instanceId(parts[0])
                                .lifecycleState(parts[1])
                                .build())
                        .toList())
                .build());
    }

    private void group(String name, Instance... instances) {
        autoScaling.groups.add(AutoScalingGroup.builder()
                .autoScalingGroupName(name)
                .instances(instances)
                .build());
    }

    /** An instance in a zone, or in none that is known. */
    private static Instance in(String zone, String instanceId, String state) {
        return Instance.builder()
                .instanceId(instanceId)
                .lifecycleState(state)
                .availabilityZone(zone)
                .availabilityZoneId(zone == null ? null : "id-of-" + zone)
                .build();
    }

    private void hook(String group, String name, String transition, String metadata) {
        autoScaling.hooks.add(LifecycleHook.builder()
                .autoScalingGroupName(group)
                .lifecycleHookName(name)
                .lifecycleTransition(transition)
                .notificationMetadata(metadata)
                .build());
    }

    private void held(String allocationId, String instanceId) {
        ec2.addresses.add(Address.builder()
                .allocationId(allocationId)
                .publicIp("192.0.2.1")
                .instanceId(instanceId)
                .associationId("eipassoc-1")
                .build());
    }

    private void free(String allocationId) {
        ec2.addresses.add(Address.builder()
                .allocationId(allocationId)
                .publicIp("192.0.2.2")
                .build());
    }

    private void freeIn(String zone, String allocationId) {
        ec2.addresses.add(Address.builder()
                .allocationId(allocationId)
                .publicIp("192.0.2.3")
                .tags(Tag.builder().key("Zone").value(zone).build())
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
