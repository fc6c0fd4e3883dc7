package eiponlaunch.findinstanceswithouteip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eiponlaunch.Aws;
import eiponlaunch.failure.AccessDeniedException;
import eiponlaunch.failure.MalformedEventException;
import eiponlaunch.failure.MalformedMetadataException;
import eiponlaunch.findinstanceswithouteip.FindInstancesWithoutEipOutput.InstanceWithoutEip;
import eiponlaunch.model.EipPools;
import eiponlaunch.telemetry.Decision;
import eiponlaunch.telemetry.Metric;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.autoscaling.model.LifecycleHook;

class FindInstancesWithoutEipHandlerTest extends FindInstances {
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
    void anInstanceThatMovesToAnotherGroupWhilePagesAreReadIsOfTheGroupThatWasReadLast() {
        group("proxies", "i-1 InService", "i-2 InService", "i-3 InService");
        group("mail", "i-1 InService", "i-2 Terminating");

        var output = find(Map.of("autoScalingGroupNames", List.of("proxies", "mail")));

        assertThat(output.instances())
                .containsExactly(new InstanceWithoutEip("i-1", "mail"), new InstanceWithoutEip("i-3", "proxies"));
        assertThat(output.inService()).isEqualTo(2);
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
        assertThat(output.seen()).isEqualTo(output.queue());
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
        assertThat(first.seen()).containsExactly("i-1", "i-2");
        assertThat(first.withoutEip()).isEqualTo(2);
        assertThat(second.notificationMetadata()).isNull();
        assertThat(second.queue()).containsExactly("i-2");
        assertThat(second.seen()).containsExactly("i-2");
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
    void anInputWithoutPoolsIsMalformed() {
        assertThatThrownBy(() -> new FindInstancesWithoutEipInput(PROXIES, null, null, null, null))
                .isInstanceOf(MalformedEventException.class);
    }

    private static Map<String, Object> with(Map<String, Object> input, String field, Object value) {
        var changed = new HashMap<>(input);
        changed.put(field, value);
        return changed;
    }

    private void hook(String group, String name, String transition, String metadata) {
        autoScaling.hooks.add(LifecycleHook.builder()
                .autoScalingGroupName(group)
                .lifecycleHookName(name)
                .lifecycleTransition(transition)
                .notificationMetadata(metadata)
                .build());
    }
}
