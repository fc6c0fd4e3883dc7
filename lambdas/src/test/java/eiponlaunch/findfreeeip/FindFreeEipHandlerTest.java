package eiponlaunch.findfreeeip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import eiponlaunch.Aws;
import eiponlaunch.Events;
import eiponlaunch.FakeAutoScaling;
import eiponlaunch.FakeEc2;
import eiponlaunch.failure.AccessDeniedException;
import eiponlaunch.failure.DeadlinePassedException;
import eiponlaunch.failure.MalformedEventException;
import eiponlaunch.failure.MalformedMetadataException;
import eiponlaunch.failure.OtherEipException;
import eiponlaunch.failure.ThrottledException;
import eiponlaunch.findfreeeip.FindFreeEipOutput.Outcome;
import eiponlaunch.model.EipPools;
import eiponlaunch.model.ElasticIp;
import eiponlaunch.model.LifecycleAction;
import eiponlaunch.model.Zone;
import eiponlaunch.telemetry.Decision;
import eiponlaunch.telemetry.Decisions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingGroupsRequest;
import software.amazon.awssdk.services.autoscaling.model.LifecycleState;
import software.amazon.awssdk.services.ec2.model.Address;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterface;

class FindFreeEipHandlerTest {
    private static final EipPools POOLS =
            new EipPools("Application=ForwardProxy,Environment=prod, Team=net", "Application,Service");

    private final FakeEc2 ec2 = new FakeEc2();
    private final FakeAutoScaling autoScaling = new FakeAutoScaling();

    @BeforeEach
    void theGroupShowsTheInstance() {
        autoScaling.waits(Events.INSTANCE);
    }

    @Test
    void findsAFreeAddressAndTellsTheDeadline() {
        ec2.addresses.add(address("a").build());

        var output = find(Events.TIME);

        var eip = new ElasticIp("eipalloc-a", "203.0.113.1");
        assertThat(output)
                .isEqualTo(new FindFreeEipOutput(
                        Outcome.Found,
                        Events.INSTANCE,
                        "Application=ForwardProxy,Environment=prod,Team=net",
                        eip,
                        Events.TIME.plusSeconds(600),
                        0,
                        List.of(),
                        new Plan(eip, Events.TIME, 1, 50, 0),
                        new Zone("us-east-1a"),
                        null));
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
    void anEmptyPoolNamesTheInterfacesWithoutAnInstanceThatHoldAddresses() {
        ec2.addresses.add(address("a")
                .instanceId("i-0fffffffffffffff0")
                .networkInterfaceId("eni-0")
                .build());
        assertThat(find(Events.TIME).withoutInstance()).isNull();

        for (var number = 1; number <= 7; number++) {
            ec2.addresses.add(address("b" + number)
                    .publicIp("198.18.0." + number)
                    .networkInterfaceId("eni-" + number)
                    .build());
        }
        assertThat(find(Events.TIME).withoutInstance())
                .isEqualTo("eni-1 has 198.18.0.1, eni-2 has 198.18.0.2, eni-3 has 198.18.0.3, eni-4 has 198.18.0.4,"
                        + " eni-5 has 198.18.0.5, and 2 more");

        ec2.addresses.add(address("c").build());
        assertThat(find(Events.TIME).withoutInstance()).isNull();
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

    /** Too new to be known everywhere, or gone: AssociateAddress tells which. */
    @Test
    void anInstanceThatEc2DoesNotShowIsFoundAnAddressAllTheSame() {
        ec2.addresses.add(address("a").networkBorderGroup("us-east-1").build());
        ec2.instances.add(with("198.51.100.7", "123456789012").toBuilder()
                .instanceId("i-0fffffffffffffff0")
                .build());

        assertThat(findBesideOthers(false).eip().allocationId()).isEqualTo("eipalloc-a");
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
    void takesItsPlaceAmongTheLaunchesOfItsGroup() {
        ec2.addresses.add(address("a").build());
        ec2.addresses.add(address("b").build());
        autoScaling.waits("i-00000000000000000");

        assertThat(find(Events.TIME).eip().allocationId()).isEqualTo("eipalloc-b");
        assertThat(autoScaling.describeGroups)
                .extracting(DescribeAutoScalingGroupsRequest::autoScalingGroupNames)
                .containsExactly(List.of("forward-proxy"));
    }

    @Test
    void launchesInEveryStateBeforeServiceCountAndOthersInNone() {
        for (var name = 'a'; name <= 'e'; name++) {
            ec2.addresses.add(address("" + name).build());
        }
        autoScaling.shows("i-00000000000000001", LifecycleState.PENDING, null);
        autoScaling.shows("i-00000000000000002", LifecycleState.PENDING_PROCEED, "us-east-1a");
        autoScaling.shows("i-00000000000000003", LifecycleState.TERMINATING_WAIT, "us-east-1a");
        autoScaling.shows("i-00000000000000004", LifecycleState.WARMED_RUNNING, "us-east-1a");
        autoScaling.shows("i-00000000000000005", LifecycleState.PENDING_WAIT, "us-east-1-bos-1a");
        autoScaling.shows("i-00000000000000006", LifecycleState.IN_SERVICE, "us-east-1a");

        assertThat(find(Events.TIME).eip().allocationId())
                .as("behind 1, 2 and 6")
                .isEqualTo("eipalloc-d");
    }

    @Test
    void inALaunchStormItSaysHowLongToWaitForItsTurn() {
        for (var i = 0; i < 101; i++) {
            ec2.addresses.add(Address.builder()
                    .allocationId("eipalloc-" + i)
                    .publicIp("203.0.113." + i)
                    .build());
        }
        for (var i = 0; i < 100; i++) {
            autoScaling.waits(String.format("i-%017x", i));
        }

        assertThat(find(Events.TIME).secondsUntilTurn()).isEqualTo(10);
        assertThat(look(Events.TIME.plusSeconds(4), 0, null, false).secondsUntilTurn())
                .as("tokens come back while it looks")
                .isEqualTo(8);
        assertThat(look(Events.TIME.plusSeconds(5), 1, null, false).secondsUntilTurn())
                .as("looked in vain before: the burst is used up")
                .isEqualTo(20);
    }

    /** Of 500 launches 250 can look within 15 seconds. */
    @Test
    void inALargeStormALaunchCountsThoseAheadWhoCanLookAndAnInstanceInServiceAllOfThem() {
        ec2.addresses.add(address("of the last").build());
        for (var i = 0; i < 500; i++) {
            ec2.addresses.add(address(String.format("%03d", i)).build());
            autoScaling.waits(String.format("i-%017x", i));
        }

        assertThat(look(Events.TIME, 0, null, false).secondsUntilTurn()).isEqualTo((250 - 50) / 5 - 1);
        assertThat(look(Events.TIME, List.of(Events.INSTANCE), 0, null, false).secondsUntilTurn())
                .isEqualTo((500 - 50) / 5);
    }

    @Test
    void whoWasThrottledReadsTheAddressesAloneToTellTheTurnAnew() {
        var eip = new ElasticIp("eipalloc-c", "203.0.113.3");
        List.of("a", "b", "c", "d")
                .forEach(name -> ec2.addresses.add(address(name).build()));
        var plan = new Plan(eip, Events.TIME, 24, 0, 22);

        var output = look(Events.TIME.plusSeconds(20), 0, plan, false);

        assertThat(output.eip()).isEqualTo(eip);
        assertThat(output.secondsUntilTurn())
                .as("two are ahead, 20 went in 20 seconds")
                .isEqualTo(2);
        assertThat(output.plan()).isEqualTo(plan);
        assertThat(autoScaling.describeGroups).isEmpty();
        assertThat(ec2.describeInstances).isEmpty();
    }

    @Test
    void whoseAddressWasTakenMeanwhileTakesANewPlace() {
        ec2.addresses.add(address("a").build());
        ec2.addresses.add(address("c").associationId("eipassoc-1").build());
        var plan = new Plan(new ElasticIp("eipalloc-c", "203.0.113.3"), Events.TIME, 24, 0, 22);

        assertThat(look(Events.TIME.plusSeconds(20), 0, plan, false).eip().allocationId())
                .isEqualTo("eipalloc-a");
        assertThat(autoScaling.describeGroups).hasSize(1);
    }

    @Test
    void whoHasFoundThePoolEmptyAsksWhoElseWaitsOnlyWhenItIsNot() {
        assertThat(look(Events.TIME, 0, null, true).outcome()).isEqualTo(Outcome.PoolEmpty);
        assertThat(autoScaling.describeGroups).isEmpty();

        ec2.addresses.add(address("a").build());
        assertThat(look(Events.TIME, 0, null, true).outcome()).isEqualTo(Outcome.Found);
        assertThat(autoScaling.describeGroups).hasSize(1);
        assertThat(ec2.describeAddresses).hasSize(2);
    }

    @Test
    void addressesThatAreForThoseAheadAreNotFoundAndTheFirstLaunchedAreAhead() {
        ec2.addresses.add(address("a").build());
        autoScaling.waits("i-00000000000000000");
        ec2.instances.add(instance(Events.INSTANCE, Events.TIME));
        ec2.instances.add(instance("i-00000000000000000", Events.TIME.plusSeconds(1)));
        assertThat(find(Events.TIME).outcome()).isEqualTo(Outcome.Found);

        ec2.instances.set(1, instance("i-00000000000000000", Events.TIME.minusSeconds(1)));
        assertThat(find(Events.TIME).outcome()).isEqualTo(Outcome.PoolEmpty);
        assertThat(find(Events.TIME).secondsUntilTurn())
                .as("those ahead may want another address")
                .isEqualTo(3);
        assertThat(ec2.describeInstances.get(0).filters())
                .extracting(Filter::name, Filter::values)
                .containsExactly(tuple("instance-id", List.of(Events.INSTANCE, "i-00000000000000000")));
    }

    @Test
    void anInstanceThatItsGroupDoesNotShowYetLooksAgainForHalfAMinute() {
        ec2.addresses.add(address("a").build());
        autoScaling.group.clear();

        assertThat(look(Events.TIME.plusMillis(29_999), 0, null, false).outcome())
                .isEqualTo(Outcome.NotShown);
        assertThat(look(Events.TIME.plusSeconds(30), 0, null, false).outcome()).isEqualTo(Outcome.Found);
        assertThat(find(Events.TIME).outcome())
                .as("a definition that does not know of it")
                .isEqualTo(Outcome.Found);
        autoScaling.group = null;
        assertThat(look(Events.TIME, 0, null, false).outcome())
                .as("no such group")
                .isEqualTo(Outcome.Found);
    }

    @Test
    void whenAutoScalingDoesNotTellWhoElseWaitsTheLaunchGoesOnWithoutKnowing() {
        ec2.addresses.add(address("a").build());
        for (var failure : List.of(
                Aws.autoScalingError(403, "AccessDenied", "not authorized"),
                Aws.autoScalingError(500, "InternalFailure", "an error"))) {
            autoScaling.describeFailures.add(failure);
            assertThat(look(Events.TIME, 0, null, false).outcome()).isEqualTo(Outcome.Found);
        }
    }

    @Test
    void whenAutoScalingDoesNotTellWhoElseWaitsItIsLogged() {
        ec2.addresses.add(address("a").build());
        autoScaling.describeFailures.add(Aws.autoScalingError(403, "AccessDenied", "not authorized"));

        assertThat(warnings()).singleElement().asString().contains("forward-proxy", "AccessDenied", "not authorized");
    }

    /** Those of a look. */
    private List<String> warnings() {
        var warnings = new ArrayList<String>();
        var decisions = new Decisions() {
            @Override
            public void report(Decision decision) {}

            @Override
            public void warn(LifecycleAction action, String message) {
                warnings.add(action.autoScalingGroupName() + ": " + message);
            }
        };
        new FindFreeEipHandler(ec2, autoScaling, clock(Events.TIME), decisions)
                .handleRequest(input(Events.launch()), null);
        return warnings;
    }

    @Test
    void launchTimesAreAskedForOnlyWhereSomebodyWaitsAndInOneCall() {
        addresses(1);
        find(Events.TIME);
        assertThat(ec2.describeInstances)
                .as("nobody waits: only the instance itself")
                .singleElement()
                .satisfies(FindFreeEipHandlerTest::isForTheInstanceAlone);

        wait(2);
        knowThem(Events.TIME);
        find(Events.TIME);
        assertThat(ec2.describeInstances)
                .as("two wait for one address")
                .singleElement()
                .satisfies(request -> assertThat(values(request, "instance-id")).hasSize(2));

        addresses(500);
        wait(10);
        find(Events.TIME);
        assertThat(ec2.describeInstances)
                .as("ten, with an address for everybody")
                .singleElement()
                .satisfies(FindFreeEipHandlerTest::isForTheInstanceAlone);

        wait(11);
        knowThem(Events.TIME);
        find(Events.TIME);
        assertThat(ec2.describeInstances)
                .singleElement()
                .satisfies(request -> assertThat(values(request, "instance-id")).hasSize(11));
    }

    /** A filter takes 200 values. */
    @Test
    void ofMoreThanTwoHundredLaunchesEc2IsAskedByTheirGroupAndTheHoursSince() {
        addresses(500);
        wait(201);
        knowThem(Events.TIME);
        find(Events.TIME);
        assertThat(ec2.describeInstances).singleElement().satisfies(request -> {
            assertThat(values(request, "tag:aws:autoscaling:groupName")).containsExactly("forward-proxy");
            assertThat(values(request, "launch-time")).containsExactly("2026-01-31T11*", "2026-01-31T12*");
            assertThat(request.maxResults()).isEqualTo(450);
        });

        wait(451);
        find(Events.TIME);
        assertThat(ec2.describeInstances)
                .as("too many: the order of their IDs")
                .singleElement()
                .satisfies(FindFreeEipHandlerTest::isForTheInstanceAlone);
    }

    @Test
    void inAStormTheFirstLaunchedGoesFirstWhoeverComesLater() {
        addresses(60);
        wait(60);
        knowThem(Events.TIME);
        ec2.instances.removeIf(instance -> instance.instanceId().equals(Events.INSTANCE));
        ec2.instances.add(instance(Events.INSTANCE, Events.TIME.minusSeconds(1)));

        assertThat(find(Events.TIME).eip().allocationId()).isEqualTo("eipalloc-0000");
        assertThat(find(Events.TIME).secondsUntilTurn()).isZero();

        ec2.instances.removeIf(instance -> instance.instanceId().equals(Events.INSTANCE));
        ec2.instances.add(instance(Events.INSTANCE, Events.TIME.plusSeconds(4)));
        assertThat(find(Events.TIME).eip().allocationId()).isEqualTo("eipalloc-0059");
        assertThat(find(Events.TIME).secondsUntilTurn())
                .as("59 began long before it and wait, so no token is left")
                .isEqualTo(11);
    }

    @Test
    void whereEc2DoesNotTellTheLaunchTimesTheOrderIsThatOfTheIdsAndWhereItThrottlesTheLookIsRepeated() {
        addresses(60);
        wait(60);
        knowThem(Events.TIME);
        ec2.failedForMany.add(Aws.ec2Error(500, "InternalError", "It failed."));
        assertThat(find(Events.TIME).outcome()).isEqualTo(Outcome.Found);
        ec2.failedForMany.add(Aws.ec2Error(503, "RequestLimitExceeded", "Request limit exceeded."));
        assertThatThrownBy(() -> find(Events.TIME)).isInstanceOf(ThrottledException.class);
    }

    @Test
    void whereEc2DoesNotTellTheLaunchTimesItIsLogged() {
        addresses(60);
        wait(60);
        knowThem(Events.TIME);
        ec2.failedForMany.add(Aws.ec2Error(500, "InternalError", "It failed."));

        assertThat(warnings())
                .singleElement()
                .asString()
                .contains("forward-proxy", "when the launches began", "InternalError", "It failed.");
    }

    @Test
    void aLaunchWhoseTimeEc2DoesNotTellIsNoEarlierThanTheLast() {
        addresses(1);
        autoScaling.waits("i-00000000000000000", "i-00000000000000001");
        ec2.instances.add(instance(Events.INSTANCE, Events.TIME));
        ec2.instances.add(instance("i-00000000000000000", null));
        ec2.instances.add(instance("i-00000000000000001", Events.TIME.plusSeconds(1)));

        assertThat(find(Events.TIME).outcome()).isEqualTo(Outcome.Found);
    }

    /** One that waits no longer for those ahead takes an address before them, but they count for its turn. */
    @Test
    void thePlanCountsAllThatAreAheadAlsoThoseForWhomThereIsNoAddress() {
        addresses(1);
        wait(12);
        knowThem(Events.TIME.minusSeconds(1));
        ec2.instances.removeIf(instance -> instance.instanceId().equals(Events.INSTANCE));
        ec2.instances.add(instance(Events.INSTANCE, Events.TIME));

        assertThat(find(Events.TIME.plusSeconds(450)).plan().ahead()).isEqualTo(11);
    }

    @Test
    void thePlanOfAnInstanceThatItsGroupDoesNotShowHasNobodyAhead() {
        addresses(2);
        autoScaling.group.clear();
        autoScaling.waits("i-00000000000000000");

        assertThat(find(Events.TIME).plan().ahead()).isZero();
    }

    @Test
    void launchesThatDoNotFitOnOnePageAreOrderedByTheirIds() {
        addresses(500);
        wait(201);
        knowThem(Events.TIME);
        var byTime = find(Events.TIME).eip();
        ec2.moreInstances = "more";
        ec2.instances.removeIf(instance -> instance.instanceId().equals(Events.INSTANCE));
        ec2.instances.add(instance(Events.INSTANCE, Events.TIME.minusSeconds(1)));

        assertThat(find(Events.TIME).eip()).isEqualTo(byTime);
    }

    private void addresses(int number) {
        ec2.addresses.clear();
        for (var i = 0; i < number; i++) {
            ec2.addresses.add(Address.builder()
                    .allocationId(String.format("eipalloc-%04d", i))
                    .publicIp("203.0.113." + i)
                    .build());
        }
        ec2.describeInstances.clear();
    }

    /** So many launches, the instance's own among them. */
    private void wait(int number) {
        autoScaling.group = null;
        autoScaling.waits(Events.INSTANCE);
        for (var i = 1; i < number; i++) {
            autoScaling.waits(String.format("i-%017x", i));
        }
        ec2.describeInstances.clear();
    }

    private void knowThem(Instant launchTime) {
        ec2.instances.clear();
        autoScaling.group.forEach(instance -> ec2.instances.add(instance(instance.instanceId(), launchTime)));
    }

    private static List<String> values(DescribeInstancesRequest request, String filter) {
        return request.filters().stream()
                .filter(one -> one.name().equals(filter))
                .findFirst()
                .orElseThrow()
                .values();
    }

    @Test
    void whoHasAnAddressDoesNotWaitForOne() {
        ec2.addresses.add(address("a").build());
        ec2.addresses.add(address("b")
                .instanceId("i-00000000000000001")
                .associationId("eipassoc-1")
                .build());
        autoScaling.waits("i-00000000000000001");
        find(Events.TIME);
        assertThat(ec2.describeInstances)
                .as("one waits, and one address is free")
                .singleElement()
                .satisfies(FindFreeEipHandlerTest::isForTheInstanceAlone);

        ec2.describeInstances.clear();
        autoScaling.waits("i-00000000000000002");
        find(Events.TIME);
        assertThat(ec2.describeInstances.get(0).filters())
                .extracting(Filter::values)
                .containsExactly(List.of(Events.INSTANCE, "i-00000000000000002"));
    }

    @Test
    void anInstanceThatEc2ListsTwiceIsOneLaunch() {
        ec2.addresses.add(address("a").build());
        autoScaling.waits("i-00000000000000000");
        ec2.instances.add(instance(Events.INSTANCE, Events.TIME));
        ec2.instances.add(instance("i-00000000000000000", Events.TIME.minusSeconds(1)));
        ec2.instances.add(instance("i-00000000000000000", Events.TIME.minusSeconds(1)));

        assertThat(find(Events.TIME).outcome()).as("the other one was first").isEqualTo(Outcome.PoolEmpty);
    }

    @Test
    void whoWasThrottledCountsAsAheadOnlyFreeAddressesBeforeItsOwnAndNoMoreThanWereAhead() {
        for (var i = 100; i < 131; i++) {
            ec2.addresses.add(Address.builder()
                    .allocationId("eipalloc-" + i)
                    .publicIp("203.0.113." + i)
                    .build());
        }
        var now = Events.TIME.plusSeconds(20);

        assertThat(look(now, 0, plan(100, 30), false).secondsUntilTurn())
                .as("the first address")
                .isEqualTo(1);
        assertThat(look(now, 0, plan(130, 30), false).secondsUntilTurn())
                .as("the last address")
                .isEqualTo(6);
        assertThat(look(now, 0, plan(130, 2), false).secondsUntilTurn())
                .as("nobody waits for most of those before it")
                .isEqualTo(1);
    }

    private static Plan plan(int address, int ahead) {
        return new Plan(new ElasticIp("eipalloc-" + address, "203.0.113." + address), Events.TIME, 31, 0, ahead);
    }

    @Test
    void whoWasThrottledMayHaveAnAddressAllTheSame() {
        ec2.addresses.add(address("a").build());
        ec2.addresses.add(address("b")
                .instanceId(Events.INSTANCE)
                .associationId("eipassoc-1")
                .build());
        var plan = new Plan(new ElasticIp("eipalloc-a", "203.0.113.1"), Events.TIME, 2, 0, 0);

        assertThat(look(Events.TIME.plusSeconds(20), 0, plan, false).outcome()).isEqualTo(Outcome.AlreadyHeld);
    }

    @Test
    void aLaunchAheadThatNeverTakesItsAddressIsNotWaitedForToTheEnd() {
        ec2.addresses.add(address("a").build());
        autoScaling.waits("i-00000000000000000");
        ec2.instances.add(instance(Events.INSTANCE, Events.TIME));
        ec2.instances.add(instance("i-00000000000000000", Events.TIME.minusSeconds(1)));

        assertThat(find(Events.TIME.plusMillis(449_999)).outcome()).isEqualTo(Outcome.PoolEmpty);
        assertThat(find(Events.TIME.plusSeconds(450)).eip().allocationId()).isEqualTo("eipalloc-a");
    }

    @Test
    void theZoneIsTheInstancesOwnWhenItsGroupDoesNotTell() {
        ec2.addresses.add(address("a").networkBorderGroup("us-west-2-lax-1").build());
        ec2.addresses.add(address("b").networkBorderGroup("us-west-2").build());
        autoScaling.group.clear();
        ec2.instances.add(Instance.builder()
                .instanceId(Events.INSTANCE)
                .placement(placement -> placement.availabilityZone("us-west-2b"))
                .build());

        assertThat(find(Events.TIME).eip().allocationId()).isEqualTo("eipalloc-b");
    }

    @Test
    void anInstanceWhoseZoneNobodyTellsIsFoundAnAddressAllTheSame() {
        ec2.addresses.add(address("a").networkBorderGroup("us-west-2").build());
        autoScaling.group.clear();
        ec2.instances.add(Instance.builder()
                .instanceId(Events.INSTANCE)
                .placement(placement -> placement.tenancy("default"))
                .build());

        var output = find(Events.TIME);

        assertThat(output.eip().allocationId()).isEqualTo("eipalloc-a");
        assertThat(output.zone()).isNull();
    }

    @Test
    void launchesInOtherLocalZonesTakeNoPlaceBeforeOneInALocalZone() {
        List.of("a", "b")
                .forEach(name -> ec2.addresses.add(
                        address(name).networkBorderGroup("us-west-2-lax-1").build()));
        ec2.borderGroups.put("us-west-2-lax-1a", "us-west-2-lax-1");
        inZone("us-west-2-lax-1a");
        autoScaling.shows("i-00000000000000001", LifecycleState.PENDING_WAIT, "us-west-2-phx-1a");
        assertThat(find(Events.TIME).eip().allocationId()).isEqualTo("eipalloc-a");

        autoScaling.shows("i-00000000000000002", LifecycleState.PENDING_WAIT, "us-west-2-lax-1a");
        assertThat(find(Events.TIME).eip().allocationId()).isEqualTo("eipalloc-b");
    }

    @Test
    void whenAutoScalingThrottlesTheLaunchLooksLaterUntilThreeQuartersOfItsTimeAreOver() {
        ec2.addresses.add(address("a").build());
        var throttled = Aws.autoScalingError(400, "Throttling", "Rate exceeded");
        autoScaling.describeFailures.add(throttled);
        assertThatThrownBy(() -> look(Events.TIME.plusMillis(449_999), 3, null, false))
                .isInstanceOf(ThrottledException.class);
        assertThat(ec2.describeAddresses).as("in vain").isEmpty();

        autoScaling.describeFailures.add(throttled);
        assertThat(look(Events.TIME.plusSeconds(450), 3, null, false).outcome()).isEqualTo(Outcome.Found);
    }

    private FindFreeEipOutput look(Instant now, int throttledLooks, Plan plan, boolean poolWasEmpty) {
        return look(now, List.of(), throttledLooks, plan, poolWasEmpty);
    }

    private FindFreeEipOutput look(
            Instant now, List<String> afterLaunches, int throttledLooks, Plan plan, boolean poolWasEmpty) {
        return handler(now)
                .handleRequest(
                        new FindFreeEipInput(
                                Events.launch(),
                                POOLS,
                                600,
                                afterLaunches,
                                List.of(),
                                null,
                                false,
                                null,
                                Pace.DOCUMENTED,
                                throttledLooks,
                                plan,
                                poolWasEmpty),
                        null);
    }

    @Test
    void anInstanceOnItsWayIntoAWarmPoolNeedsNoAddress() {
        var event = Events.launch();
        Events.detail(event).put("Destination", "WarmPool");

        assertThat(handler(Events.TIME).handleRequest(input(event), null).outcome())
                .isEqualTo(Outcome.WarmPool);
        assertThat(ec2.describeAddresses).isEmpty();
    }

    @Test
    void theHooksMetadataChoosesAnotherPool() {
        var output = handler(Events.TIME).handleRequest(input(ofHook("{\"eipPool\": {\"Service\": \"mail\"}}")), null);

        assertThat(output.pool()).isEqualTo("Service=mail");
        assertThat(ec2.describeAddresses.get(0).filters())
                .extracting(Filter::name, Filter::values)
                .containsExactly(tuple("tag:Service", List.of("mail")));
    }

    @Test
    void metadataThatChoosesNoPoolThoughItIsJsonIsRefusedBeforeAnyCall() {
        var event = ofHook("{\"eipPool\": {\"Secret\": \"mail\"}}");

        assertThatThrownBy(() -> handler(Events.TIME).handleRequest(input(event), null))
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
        var handler = new FindFreeEipHandler(ec2, autoScaling, clock(Events.TIME), decisions);

        assertThat(handler.handleRequest(input(ofHook("owner: team net")), null).pool())
                .startsWith("Application=ForwardProxy");
        assertThat(warnings)
                .singleElement()
                .asString()
                .contains(Events.INSTANCE)
                .contains("not JSON");
    }

    @Test
    void groupsThatShareTheStacksPoolFormOneQueueForThatPoolOnly() {
        handler(Events.TIME).handleRequest(inputOfGroups(Events.launch()), null);
        handler(Events.TIME).handleRequest(inputOfGroups(ofHook("{\"eipPool\": {\"Service\": \"mail\"}}")), null);

        assertThat(autoScaling.describeGroups)
                .extracting(DescribeAutoScalingGroupsRequest::autoScalingGroupNames)
                .containsExactly(List.of("forward-proxy", "mail-proxy", "web-proxy"), List.of("forward-proxy"));
    }

    private static FindFreeEipInput inputOfGroups(Object event) {
        return new FindFreeEipInput(
                event,
                POOLS,
                600,
                null,
                null,
                null,
                null,
                "mail-proxy, ,forward-proxy,web-proxy,",
                null,
                null,
                null,
                null);
    }

    @Test
    void anAddressOfAnotherBorderGroupIsNeverTried() {
        ec2.addresses.add(address("a").networkBorderGroup("us-west-2-lax-1").build());
        inZone("us-west-2b");
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
        autoScaling.group = null;
        autoScaling.shows("i-0fffffffffffffff0", LifecycleState.PENDING_WAIT, "us-west-2-lax-1a");
        autoScaling.shows(Events.INSTANCE, LifecycleState.PENDING_WAIT, "us-west-2a");

        assertThat(find(Events.TIME).eip().allocationId()).isEqualTo("eipalloc-b");
    }

    @Test
    void theBorderGroupOfALocalZoneIsAskedFor() {
        ec2.addresses.add(address("a").networkBorderGroup("us-west-2").build());
        ec2.addresses.add(address("b").networkBorderGroup("us-west-2-lax-1").build());
        inZone("us-west-2-lax-1a");
        ec2.borderGroups.put("us-west-2-lax-1a", "us-west-2-lax-1");

        assertThat(find(Events.TIME).eip().allocationId()).isEqualTo("eipalloc-b");
    }

    @Test
    void anInstanceThatRunsAlreadyTakesTheAddressOfItsPlaceBehindTheLaunches() {
        List.of("a", "b", "c").forEach(name -> ec2.addresses.add(address(name).build()));
        autoScaling.group = null;
        autoScaling.waits("i-00000000000000000");

        assertThat(findAfterLaunches("i-00000000000000001", Events.INSTANCE)
                        .eip()
                        .allocationId())
                .isEqualTo("eipalloc-c");
    }

    @Test
    void anInstanceThatRunsAlreadyGetsNoAddressThatOneAheadOfItNeeds() {
        List.of("a", "b").forEach(name -> ec2.addresses.add(address(name).build()));
        autoScaling.group = null;
        autoScaling.waits("i-0fffffffffffffff0");

        var output = findAfterLaunches("i-00000000000000001", Events.INSTANCE);

        assertThat(output.outcome()).isEqualTo(Outcome.PoolEmpty);
        assertThat(output.eip()).isNull();
    }

    @Test
    void anInstanceThatWantsAnAddressAndIsPendingAgainCountsOnce() {
        List.of("a", "b").forEach(name -> ec2.addresses.add(address(name).build()));
        autoScaling.group = null;
        autoScaling.waits("i-00000000000000001");

        assertThat(findAfterLaunches("i-00000000000000001", Events.INSTANCE)
                        .eip()
                        .allocationId())
                .isEqualTo("eipalloc-b");
    }

    private FindFreeEipOutput findAfterLaunches(String... instances) {
        return handler(Events.TIME)
                .handleRequest(
                        new FindFreeEipInput(
                                Events.launch(),
                                POOLS,
                                600,
                                List.of(instances),
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null),
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
                                Events.launch(),
                                POOLS,
                                600,
                                List.of(),
                                List.of(),
                                null,
                                replaceOtherEips,
                                null,
                                null,
                                null,
                                null,
                                null),
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

        assertThatThrownBy(() -> handler(Events.TIME).handleRequest(input(event), null))
                .isInstanceOf(MalformedEventException.class)
                .hasMessageContaining("detail.EC2InstanceId")
                .hasMessageContaining("missing");
        assertThat(ec2.describeAddresses).isEmpty();
    }

    /** By a filter, as EC2 may give calls without one fewer tokens. */
    private static void isForTheInstanceAlone(DescribeInstancesRequest request) {
        assertThat(request.hasInstanceIds()).isFalse();
        assertThat(request.filters())
                .extracting(Filter::name, Filter::values)
                .containsExactly(tuple("instance-id", List.of(Events.INSTANCE)));
    }

    private FindFreeEipOutput find(Instant now) {
        return handler(now).handleRequest(input(Events.launch()), null);
    }

    private static FindFreeEipInput input(Object event) {
        return new FindFreeEipInput(event, POOLS, 600);
    }

    private FindFreeEipHandler handler(Instant now) {
        return new FindFreeEipHandler(ec2, autoScaling, clock(now));
    }

    private static Clock clock(Instant now) {
        return Clock.fixed(now, ZoneOffset.UTC);
    }

    private static Map<String, Object> ofHook(String metadata) {
        var event = Events.launch();
        Events.detail(event).put("NotificationMetadata", metadata);
        return event;
    }

    private void inZone(String zone) {
        autoScaling.group = null;
        autoScaling.shows(Events.INSTANCE, LifecycleState.PENDING_WAIT, zone);
    }

    private static Instance instance(String id, Instant launchTime) {
        return Instance.builder().instanceId(id).launchTime(launchTime).build();
    }

    private static Address.Builder address(String name) {
        return Address.builder().allocationId("eipalloc-" + name).publicIp("203.0.113." + (name.charAt(0) - 'a' + 1));
    }
}
