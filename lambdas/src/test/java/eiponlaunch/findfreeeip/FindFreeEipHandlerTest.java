package eiponlaunch.findfreeeip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import eiponlaunch.Aws;
import eiponlaunch.Events;
import eiponlaunch.FakeEc2;
import eiponlaunch.decision.Decision;
import eiponlaunch.decision.Decisions;
import eiponlaunch.failure.AccessDeniedException;
import eiponlaunch.failure.DeadlinePassedException;
import eiponlaunch.failure.InstanceGoneException;
import eiponlaunch.failure.MalformedEventException;
import eiponlaunch.failure.MalformedMetadataException;
import eiponlaunch.failure.OtherEipException;
import eiponlaunch.failure.ThrottledException;
import eiponlaunch.findfreeeip.FindFreeEipOutput.Outcome;
import eiponlaunch.model.EipPools;
import eiponlaunch.model.ElasticIp;
import eiponlaunch.model.LifecycleAction;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.Address;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterface;

class FindFreeEipHandlerTest {
    private static final EipPools POOLS =
            new EipPools("Application=ForwardProxy,Environment=prod, Team=net", "Application,Service");

    private final FakeEc2 ec2 = new FakeEc2();

    @Test
    void findsAFreeAddressAndTellsTheDeadline() {
        ec2.addresses.add(address("a").build());

        var output = find(Events.TIME);

        assertThat(output)
                .isEqualTo(new FindFreeEipOutput(
                        Outcome.Found,
                        Events.INSTANCE,
                        "Application=ForwardProxy,Environment=prod,Team=net",
                        new ElasticIp("eipalloc-a", "203.0.113.1"),
                        Events.TIME.plusSeconds(600),
                        0));
    }

    @Test
    void asksTheServerForAddressesWithEveryTagOfThePool() {
        find(Events.TIME);

        assertThat(ec2.describeAddresses.get(0).filters())
                .extracting(Filter::name, Filter::values)
                .containsExactly(
                        tuple("tag:Application", List.of("ForwardProxy")),
                        tuple("tag:Environment", List.of("prod")),
                        tuple("tag:Team", List.of("net")));
    }

    @Test
    void skipsAddressesThatAreAssociatedInAnyWayOrServiceManaged() {
        ec2.addresses.add(address("a").associationId("eipassoc-1").build());
        ec2.addresses.add(address("b").instanceId("i-0fffffffffffffff0").build());
        ec2.addresses.add(address("c").networkInterfaceId("eni-1").build());
        ec2.addresses.add(address("d").serviceManaged("nlb").build());
        assertThat(find(Events.TIME).outcome()).isEqualTo(Outcome.PoolEmpty);

        ec2.addresses.add(address("e").build());
        assertThat(find(Events.TIME).eip().allocationId()).isEqualTo("eipalloc-e");
    }

    @Test
    void skipsAddressesWithoutAPublicIpOfTheirOwn() {
        ec2.addresses.add(
                address("a").publicIp(null).customerOwnedIp("198.51.100.1").build());
        ec2.addresses.add(address("b").publicIp("").carrierIp("198.51.100.2").build());
        assertThat(find(Events.TIME).outcome()).isEqualTo(Outcome.PoolEmpty);

        ec2.addresses.add(address("c").build());
        assertThat(find(Events.TIME).eip().allocationId()).isEqualTo("eipalloc-c");
    }

    @Test
    void anInstanceThatEc2DoesNotKnowYetHasNoZoneYetAndIsGoneOnlyTwoMinutesAfterTheEvent() {
        var unknown = Aws.ec2Error(400, "InvalidInstanceID.NotFound", "The instance ID does not exist");
        ec2.addresses.add(address("a").networkBorderGroup("us-east-1").build());
        ec2.failedById.add(unknown);
        assertThat(find(Events.TIME.plusMillis(119_999)).eip().allocationId()).isEqualTo("eipalloc-a");

        ec2.failedById.add(unknown);
        assertThatThrownBy(() -> find(Events.TIME.plusSeconds(120))).isInstanceOf(InstanceGoneException.class);
    }

    @Test
    void instancesThatLeaveARunningWarmPoolHaveAPlaceEachBehindTheLaunches() {
        List.of("a", "b", "c", "d")
                .forEach(name -> ec2.addresses.add(address(name).build()));
        ec2.addresses.add(address("e").instanceId("i-0fffffffffffffff2").build());
        var longAgo = Events.TIME.minusSeconds(3600);
        ec2.instances.add(instance("i-0fffffffffffffff9", Events.TIME));
        List.of("i-0fffffffffffffff1", "i-0fffffffffffffff2", Events.INSTANCE)
                .forEach(id -> ec2.launchedLongAgo.add(instance(id, longAgo)));

        assertThat(find(Events.TIME).eip().allocationId()).isEqualTo("eipalloc-b");
        assertThat(find("i-0fffffffffffffff1").eip().allocationId()).isEqualTo("eipalloc-c");
        assertThat(find("i-0fffffffffffffff9").eip().allocationId()).isEqualTo("eipalloc-a");
    }

    private FindFreeEipOutput find(String instanceId) {
        var event = Events.launch();
        Events.detail(event).put("EC2InstanceId", instanceId);
        return handler(Events.TIME).handleRequest(input(event, ""), null);
    }

    @Test
    void saysThatTheInstanceHoldsAnAddressOfThePoolAlready() {
        ec2.addresses.add(address("a").build());
        ec2.addresses.add(address("b")
                .instanceId(Events.INSTANCE)
                .associationId("eipassoc-1")
                .build());

        var output = find(Events.TIME);

        assertThat(output.outcome()).isEqualTo(Outcome.AlreadyHeld);
        assertThat(output.eip().allocationId()).isEqualTo("eipalloc-b");
    }

    @Test
    void takesItsPlaceAmongTheInstancesOfItsGroupThatWereLaunchedLately() {
        ec2.addresses.add(address("a").build());
        ec2.addresses.add(address("b").build());
        ec2.instances.add(instance(Events.INSTANCE, Events.TIME));
        ec2.instances.add(instance("i-0fffffffffffffff0", Events.TIME.minusSeconds(1)));

        assertThat(find(Events.TIME.plusSeconds(61)).eip().allocationId()).isEqualTo("eipalloc-b");

        var filters = ec2.describeInstances.get(0).filters();
        assertThat(filters)
                .extracting(Filter::name, Filter::values)
                .containsExactly(
                        tuple("tag:aws:autoscaling:groupName", List.of("forward-proxy")),
                        tuple("instance-state-name", List.of("pending", "running")),
                        tuple(
                                "launch-time",
                                List.of(
                                        "2026-01-31T11:58:*",
                                        "2026-01-31T11:59:*",
                                        "2026-01-31T12:00:*",
                                        "2026-01-31T12:01:*")));
    }

    @Test
    void inALaunchStormItSaysHowLongToWaitForItsTurn() {
        ec2.addresses.add(address("a").build());
        for (var i = 0; i < 100; i++) {
            ec2.instances.add(instance(String.format("i-%017x", i), Events.TIME.minusSeconds(1)));
        }
        ec2.instances.add(instance(Events.INSTANCE, Events.TIME));

        assertThat(find(Events.TIME).secondsUntilTurn()).isEqualTo(10);
    }

    @Test
    void anEmptyPoolCostsOneCallOnly() {
        assertThat(find(Events.TIME).outcome()).isEqualTo(Outcome.PoolEmpty);
        assertThat(ec2.describeInstances).isEmpty();
    }

    @Test
    void anInstanceOnItsWayIntoAWarmPoolNeedsNoAddress() {
        var event = Events.launch();
        Events.detail(event).put("Destination", "WarmPool");

        assertThat(handler(Events.TIME).handleRequest(input(event, ""), null).outcome())
                .isEqualTo(Outcome.WarmPool);
        assertThat(ec2.describeAddresses).isEmpty();
    }

    @Test
    void theHooksMetadataChoosesAnotherPool() {
        var output =
                handler(Events.TIME).handleRequest(input(ofHook("{\"eipPool\": {\"Service\": \"mail\"}}"), ""), null);

        assertThat(output.pool()).isEqualTo("Service=mail");
        assertThat(ec2.describeAddresses.get(0).filters())
                .extracting(Filter::name, Filter::values)
                .containsExactly(tuple("tag:Service", List.of("mail")));
    }

    @Test
    void metadataThatChoosesNoPoolThoughItIsJsonIsRefusedBeforeAnyCall() {
        var event = ofHook("{\"eipPool\": {\"Secret\": \"mail\"}}");

        assertThatThrownBy(() -> handler(Events.TIME).handleRequest(input(event, ""), null))
                .isInstanceOf(MalformedMetadataException.class)
                .hasMessageContaining("Secret");
        assertThat(ec2.describeAddresses).isEmpty();
    }

    @Test
    void metadataForOthersIsIgnoredWithAWarning() {
        var warnings = new ArrayList<String>();
        var decisions = new Decisions() {
            @Override
            public void report(Decision decision) {}

            @Override
            public void warn(LifecycleAction action, String message) {
                warnings.add(action.instanceId() + ": " + message);
            }
        };
        var handler = new FindFreeEipHandler(ec2, new RankedChoice(), clock(Events.TIME), decisions);

        assertThat(handler.handleRequest(input(ofHook("owner: team net"), ""), null)
                        .pool())
                .startsWith("Application=ForwardProxy");
        assertThat(warnings)
                .singleElement()
                .asString()
                .contains(Events.INSTANCE)
                .contains("not JSON");
    }

    @Test
    void groupsWhoseInstancesShareATagFormOneQueueForTheStacksPool() {
        ec2.addresses.add(address("a").build());
        ec2.instances.add(in("us-west-2a"));

        handler(Events.TIME).handleRequest(input(Events.launch(), "Service=proxy=1"), null);
        handler(Events.TIME)
                .handleRequest(input(ofHook("{\"eipPool\": {\"Service\": \"mail\"}}"), "Service=proxy=1"), null);

        assertThat(ec2.describeInstances)
                .extracting(request -> request.filters().get(0))
                .extracting(Filter::name, Filter::values)
                .containsExactly(
                        tuple("tag:Service", List.of("proxy=1")),
                        tuple("tag:aws:autoscaling:groupName", List.of("forward-proxy")));
    }

    @Test
    void anAddressOfAnotherBorderGroupIsNeverTried() {
        ec2.addresses.add(address("a").networkBorderGroup("us-west-2-lax-1").build());
        ec2.instances.add(in("us-west-2b"));
        assertThat(find(Events.TIME).outcome()).isEqualTo(Outcome.PoolEmpty);

        ec2.addresses.add(address("b").networkBorderGroup("us-west-2").build());
        assertThat(find(Events.TIME).eip().allocationId()).isEqualTo("eipalloc-b");
        assertThat(ec2.describeAvailabilityZones).as("the zone's name tells").isEmpty();
    }

    @Test
    void theBorderGroupIsThatOfTheInstanceItselfWhicheverLaunchIsListedFirst() {
        ec2.addresses.add(address("a").networkBorderGroup("us-west-2-lax-1").build());
        ec2.addresses.add(address("b").networkBorderGroup("us-west-2").build());
        ec2.borderGroups.put("us-west-2-lax-1a", "us-west-2-lax-1");
        ec2.instances.add(in("us-west-2-lax-1a", "i-0fffffffffffffff0"));
        ec2.instances.add(in("us-west-2a"));
        ec2.instances.add(in("us-west-2-lax-1a", "i-0fffffffffffffff1"));

        assertThat(find(Events.TIME).eip().allocationId()).isEqualTo("eipalloc-b");
    }

    @Test
    void theBorderGroupOfALocalZoneIsAskedFor() {
        ec2.addresses.add(address("a").networkBorderGroup("us-west-2").build());
        ec2.addresses.add(address("b").networkBorderGroup("us-west-2-lax-1").build());
        ec2.instances.add(in("us-west-2-lax-1a"));
        ec2.borderGroups.put("us-west-2-lax-1a", "us-west-2-lax-1");

        assertThat(find(Events.TIME).eip().allocationId()).isEqualTo("eipalloc-b");
    }

    @Test
    void anInstanceOfAWarmPoolWasLaunchedTooLongAgoToBeListedSoInstancesOfAnyLaunchTimeAre() {
        ec2.addresses.add(address("a").networkBorderGroup("us-west-2-lax-1").build());
        ec2.addresses.add(address("b").networkBorderGroup("us-west-2").build());
        ec2.launchedLongAgo.add(in("us-west-2a"));

        assertThat(find(Events.TIME).eip().allocationId()).isEqualTo("eipalloc-b");
        assertThat(ec2.describeInstances).hasSize(2);
        assertThat(ec2.describeInstances.get(1).filters())
                .extracting(Filter::name)
                .containsExactly("tag:aws:autoscaling:groupName", "instance-state-name");
    }

    @Test
    void anInstanceThatRunsAlreadyTakesTheAddressOfItsPlaceBehindTheLaunches() {
        List.of("a", "b", "c").forEach(name -> ec2.addresses.add(address(name).build()));
        ec2.instances.add(instance("i-0fffffffffffffff0", Events.TIME));

        assertThat(findAfterLaunches("i-0fffffffffffffff1", Events.INSTANCE)
                        .eip()
                        .allocationId())
                .isEqualTo("eipalloc-c");
    }

    @Test
    void anInstanceThatRunsAlreadyGetsNoAddressThatOneAheadOfItNeeds() {
        List.of("a", "b").forEach(name -> ec2.addresses.add(address(name).build()));
        ec2.instances.add(instance("i-0fffffffffffffff0", Events.TIME));

        var output = findAfterLaunches("i-0fffffffffffffff1", Events.INSTANCE);

        assertThat(output.outcome()).isEqualTo(Outcome.PoolEmpty);
        assertThat(output.eip()).isNull();
    }

    private FindFreeEipOutput findAfterLaunches(String... instances) {
        return handler(Events.TIME)
                .handleRequest(
                        new FindFreeEipInput(Events.launch(), POOLS, "", 600, List.of(instances), null, null, null),
                        null);
    }

    @Test
    void anElasticIpThatIsNotOfThePoolStaysWhereItIs() {
        ec2.addresses.add(address("a").build());
        ec2.instances.add(with("198.51.100.7", "123456789012"));

        assertThatThrownBy(() -> findBesideOthers(false))
                .isInstanceOf(OtherEipException.class)
                .hasMessageContainingAll(Events.INSTANCE, "198.51.100.7", "HookNames");
        assertThat(findBesideOthers(true).outcome()).isEqualTo(Outcome.Found);
        assertThat(findBesideOthers(null).outcome()).isEqualTo(Outcome.Found); // a definition from before
    }

    @Test
    void anElasticIpThatIsNotOfThePoolIsSeenWhenThePoolIsEmptyToo() {
        ec2.instances.add(with("198.51.100.7", "123456789012"));

        assertThatThrownBy(() -> findBesideOthers(false)).isInstanceOf(OtherEipException.class);
        assertThat(findBesideOthers(true).outcome()).isEqualTo(Outcome.PoolEmpty);
        assertThat(ec2.describeInstances).hasSize(1);
    }

    @Test
    void anAutomaticPublicAddressIsReplaced() {
        ec2.addresses.add(address("a").build());
        ec2.instances.add(with("198.51.100.7", "amazon"));

        assertThat(findBesideOthers(false).outcome()).isEqualTo(Outcome.Found);
    }

    /** DescribeAddresses is behind: the instance has "b", and "a" would replace it. */
    @Test
    void anAddressOfThePoolThatOnlyTheInstanceShowsIsFoundAgain() {
        ec2.addresses.add(address("a").build());
        ec2.addresses.add(address("b").publicIp("203.0.113.9").build());
        ec2.instances.add(with("203.0.113.9", "123456789012"));

        var output = findBesideOthers(false);

        assertThat(output.outcome()).isEqualTo(Outcome.Found);
        assertThat(output.eip().allocationId()).isEqualTo("eipalloc-b");
        assertThat(output.secondsUntilTurn()).isZero();
    }

    /** DescribeInstances is behind: "b" is another's by now. */
    @Test
    void anAddressOfThePoolThatAnotherInstanceHasMeanwhileIsNotFoundAgain() {
        ec2.addresses.add(address("a").build());
        ec2.addresses.add(address("b")
                .publicIp("203.0.113.9")
                .instanceId("i-0fffffffffffffff0")
                .associationId("eipassoc-1")
                .build());
        ec2.instances.add(with("203.0.113.9", "123456789012"));

        assertThat(findBesideOthers(false).eip().allocationId()).isEqualTo("eipalloc-a");
    }

    @Test
    void onlyThePrimaryInterfacesAddressWouldBeReplaced() {
        ec2.addresses.add(address("a").build());
        var other = with("198.51.100.7", "123456789012");
        var second = other.networkInterfaces().get(0).toBuilder()
                .attachment(attachment -> attachment.deviceIndex(0).networkCardIndex(1))
                .build();
        var third = second.toBuilder()
                .attachment(attachment -> attachment.deviceIndex(1).networkCardIndex(0))
                .build();
        ec2.instances.add(other.toBuilder().networkInterfaces(second, third).build());

        assertThat(findBesideOthers(false).outcome()).isEqualTo(Outcome.Found);
    }

    private FindFreeEipOutput findBesideOthers(Boolean replaceOtherEips) {
        return handler(Events.TIME)
                .handleRequest(
                        new FindFreeEipInput(
                                Events.launch(), POOLS, "", 600, List.of(), List.of(), null, replaceOtherEips),
                        null);
    }

    private static Instance with(String publicIp, String owner) {
        return instance(Events.INSTANCE, Events.TIME).toBuilder()
                .networkInterfaces(InstanceNetworkInterface.builder()
                        .attachment(attachment -> attachment.deviceIndex(0).networkCardIndex(0))
                        .association(
                                association -> association.publicIp(publicIp).ipOwnerId(owner))
                        .build())
                .build();
    }

    @Test
    void throttlingIsWorthARetryBeforeTheDeadlineOnly() {
        var deadline = Events.TIME.plusSeconds(600);
        ec2.failures.add(Aws.ec2Error(503, "RequestLimitExceeded", "Request limit exceeded."));
        assertThatThrownBy(() -> find(deadline.minusMillis(1)))
                .isInstanceOf(ThrottledException.class)
                .hasMessageContaining(Events.INSTANCE);

        ec2.failures.add(Aws.ec2Error(503, "RequestLimitExceeded", "Request limit exceeded."));
        assertThatThrownBy(() -> find(deadline)).isInstanceOf(DeadlinePassedException.class);
    }

    @Test
    void aDenialIsWorthARetryBeforeTheDeadlineOnly() {
        var deadline = Events.TIME.plusSeconds(600);
        ec2.failures.add(Aws.ec2Error(403, "UnauthorizedOperation", "You are not authorized."));
        assertThatThrownBy(() -> find(deadline.minusMillis(1))).isInstanceOf(AccessDeniedException.class);

        ec2.failures.add(Aws.ec2Error(403, "UnauthorizedOperation", "You are not authorized."));
        assertThatThrownBy(() -> find(deadline))
                .isInstanceOf(DeadlinePassedException.class)
                .hasMessageContaining("UnauthorizedOperation");
    }

    @Test
    void aMalformedEventIsRefusedBeforeAnyCall() {
        var event = Events.launch();
        Events.detail(event).remove("EC2InstanceId");

        assertThatThrownBy(() -> handler(Events.TIME).handleRequest(input(event, ""), null))
                .isInstanceOf(MalformedEventException.class)
                .hasMessageContaining("detail.EC2InstanceId")
                .hasMessageContaining("missing");
        assertThat(ec2.describeAddresses).isEmpty();
    }

    @Test
    void anInstanceThatIsSeenAmongTheLaunchesIsNotAskedForAgain() {
        ec2.addresses.add(address("a").build());
        ec2.instances.add(in("us-east-1a"));

        find(Events.TIME);

        assertThat(ec2.describeInstances).hasSize(1);
    }

    private FindFreeEipOutput find(Instant now) {
        return handler(now).handleRequest(input(Events.launch(), ""), null);
    }

    private static FindFreeEipInput input(Object event, String instanceTag) {
        return new FindFreeEipInput(event, POOLS, instanceTag, 600);
    }

    private FindFreeEipHandler handler(Instant now) {
        return new FindFreeEipHandler(ec2, new RankedChoice(), clock(now));
    }

    private static Clock clock(Instant now) {
        return Clock.fixed(now, ZoneOffset.UTC);
    }

    private static Map<String, Object> ofHook(String metadata) {
        var event = Events.launch();
        Events.detail(event).put("NotificationMetadata", metadata);
        return event;
    }

    private static Instance in(String zone) {
        return in(zone, Events.INSTANCE);
    }

    private static Instance in(String zone, String id) {
        return instance(id, Events.TIME).toBuilder()
                .placement(placement -> placement.availabilityZone(zone))
                .build();
    }

    private static Instance instance(String id, Instant launchTime) {
        return Instance.builder().instanceId(id).launchTime(launchTime).build();
    }

    private static Address.Builder address(String name) {
        return Address.builder().allocationId("eipalloc-" + name).publicIp("203.0.113." + (name.charAt(0) - 'a' + 1));
    }
}
