package eiponlaunch.findfreeeip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import eiponlaunch.Aws;
import eiponlaunch.Events;
import eiponlaunch.failure.InstanceGoneException;
import eiponlaunch.failure.ThrottledException;
import eiponlaunch.findfreeeip.FindFreeEipOutput.Outcome;
import eiponlaunch.model.ElasticIp;
import eiponlaunch.model.Zone;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingGroupsRequest;
import software.amazon.awssdk.services.autoscaling.model.LifecycleState;
import software.amazon.awssdk.services.ec2.model.Address;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;

/** Whom a launch waits for, and how long. */
class FindFreeEipQueueTest extends FindFreeEipFixture {
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
        ec2.instances.add(instance(Events.INSTANCE, Events.TIME));

        assertThat(find(Events.TIME).secondsUntilTurn()).isEqualTo(10);
        assertThat(look(Events.TIME.plusSeconds(4)).secondsUntilTurn())
                .as("tokens come back while it looks")
                .isEqualTo(8);
        assertThat(look(Events.TIME.plusSeconds(5), Map.of("throttledLooks", 1)).secondsUntilTurn())
                .as("looked in vain before: the burst is used up, and most of the hundred have not looked")
                .isEqualTo(9);
        var inVain = Map.of("triedInVain", List.of("eipalloc-gone"));
        assertThat(look(Events.TIME.plusMillis(8_001), inVain).secondsUntilTurn())
                .as("tried in vain meanwhile: the same")
                .isEqualTo(9);
        assertThat(look(Events.TIME.plusSeconds(8), inVain).secondsUntilTurn())
                .as("at once")
                .isEqualTo(7);
    }

    @Test
    void aFewLaunchesCountOnTheBurstThoughTheyTriedInVain() {
        for (var i = 100; i < 150; i++) {
            ec2.addresses.add(address("" + i).build());
            autoScaling.waits(String.format("i-%017x", i));
        }
        ec2.instances.add(instance(Events.INSTANCE, Events.TIME));
        var inVain = Map.of("triedInVain", List.of("eipalloc-gone"));
        ec2.addresses.add(address("of the last").build());

        assertThat(look(Events.TIME.plusSeconds(9), inVain).secondsUntilTurn())
                .as("51 launches")
                .isEqualTo(9);
        autoScaling.group.remove(0);
        assertThat(look(Events.TIME.plusSeconds(9), inVain).secondsUntilTurn())
                .as("50 launches")
                .isZero();
    }

    /** Lambda had no environment for it, say, nor for others: what was taken meanwhile may have been the burst. */
    @Test
    void aLookThatWasHeldUpKnowsOfNoBurstByWhichToMeasureTheRate() {
        ec2.addresses.add(address("a").build());
        ec2.instances.add(instance(Events.INSTANCE, Events.TIME));

        assertThat(look(Events.TIME.plusSeconds(8)).plan().tokens()).isEqualTo(50);
        assertThat(look(Events.TIME.plusMillis(8_001)).plan().tokens()).isZero();
        assertThat(look(Events.TIME.plusSeconds(8), Map.of("throttledLooks", 1))
                        .plan()
                        .tokens())
                .as("looked in vain before")
                .isZero();
    }

    /** Of 500 launches 175 can look within 15 seconds. */
    @Test
    void inALargeStormALaunchCountsThoseAheadWhoCanLookAndAnInstanceInServiceAllOfThem() {
        ec2.addresses.add(address("of the last").build());
        for (var i = 0; i < 500; i++) {
            ec2.addresses.add(address(String.format("%03d", i)).build());
            autoScaling.waits(String.format("i-%017x", i));
        }

        assertThat(look(Events.TIME).secondsUntilTurn()).isEqualTo((175 - 50) / 5);
        assertThat(look(Events.TIME, Map.of("afterLaunches", List.of(Events.INSTANCE)))
                        .secondsUntilTurn())
                .isEqualTo((500 - 50) / 5);
    }

    @Test
    void whoWasThrottledReadsTheAddressesAloneToTellTheTurnAnew() {
        var eip = new ElasticIp("eipalloc-c", "203.0.113.3");
        List.of("a", "b", "c", "d")
                .forEach(name -> ec2.addresses.add(address(name).build()));
        var plan = new Plan(eip, Events.TIME, 24, 0, 22);

        var output = look(Events.TIME.plusSeconds(20), Map.of("plan", plan));

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

        assertThat(look(Events.TIME.plusSeconds(20), Map.of("plan", plan)).eip().allocationId())
                .isEqualTo("eipalloc-a");
        assertThat(autoScaling.describeGroups).hasSize(1);
    }

    @Test
    void whoHasFoundThePoolEmptyAsksWhoElseWaitsOnlyWhenItIsNot() {
        assertThat(look(Events.TIME, Map.of("poolWasEmpty", true)).outcome()).isEqualTo(Outcome.PoolEmpty);
        assertThat(autoScaling.describeGroups).isEmpty();

        ec2.addresses.add(address("a").build());
        assertThat(look(Events.TIME, Map.of("poolWasEmpty", true)).outcome()).isEqualTo(Outcome.Found);
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

        assertThat(look(Events.TIME.plusMillis(29_999)).outcome()).isEqualTo(Outcome.NotShown);
        assertThat(look(Events.TIME.plusSeconds(30)).outcome()).isEqualTo(Outcome.Found);
        assertThat(find(Events.TIME).outcome())
                .as("a definition that does not know of it")
                .isEqualTo(Outcome.Found);
        autoScaling.group = null;
        assertThat(look(Events.TIME).outcome()).as("no such group").isEqualTo(Outcome.Found);
    }

    @Test
    void nearTheDeadlineALaunchDoesNotWaitForItsGroupToShowIt() {
        ec2.addresses.add(address("a").build());
        autoScaling.group.clear();
        var early = Map.of("deadlineSeconds", 12);

        assertThat(look(Events.TIME.plusMillis(8_999), early).outcome()).isEqualTo(Outcome.NotShown);
        assertThat(look(Events.TIME.plusSeconds(9), early).outcome()).isEqualTo(Outcome.Found);
    }

    /** Somebody terminates it while it launches, or its root volume is replaced: no later answer shows it as a launch. */
    @Test
    void aLaunchWhoseInstanceTerminatesAlreadyOrGetsAnotherRootVolumeDoesNotWaitToBeShown() {
        ec2.addresses.add(address("a").build());
        for (var state : List.of(
                LifecycleState.REPLACING_ROOT_VOLUME,
                LifecycleState.REPLACING_ROOT_VOLUME_WAIT,
                LifecycleState.REPLACING_ROOT_VOLUME_PROCEED,
                LifecycleState.ROOT_VOLUME_REPLACED,
                LifecycleState.TERMINATING,
                LifecycleState.TERMINATING_WAIT,
                LifecycleState.TERMINATING_PROCEED,
                LifecycleState.TERMINATED)) {
            autoScaling.group = null;
            autoScaling.shows(Events.INSTANCE, state, "us-east-1a");
            assertThat(look(Events.TIME).outcome()).as("%s", state).isEqualTo(Outcome.Found);
        }
        autoScaling.group = null;
        autoScaling.shows(Events.INSTANCE, LifecycleState.WARMED_RUNNING, "us-east-1a");
        assertThat(look(Events.TIME).outcome())
                .as("it has just left the warm pool")
                .isEqualTo(Outcome.NotShown);
    }

    /** No termination would give an address back that it takes now. */
    @Test
    void aLaunchWhoseInstanceIsRetainedTakesNoAddressAndOneBesideItDoes() {
        ec2.addresses.add(address("a").build());
        autoScaling.shows("i-00000000000000001", LifecycleState.TERMINATING_RETAINED, "us-east-1a");
        assertThat(look(Events.TIME).outcome()).isEqualTo(Outcome.Found);

        autoScaling.group = null;
        autoScaling.shows(Events.INSTANCE, LifecycleState.TERMINATING_RETAINED, "us-east-1a");
        assertThatThrownBy(() -> look(Events.TIME))
                .isExactlyInstanceOf(InstanceGoneException.class)
                .hasMessageContaining(Events.INSTANCE + " does not come into service");
    }

    @Test
    void whenAutoScalingDoesNotTellWhoElseWaitsTheLaunchGoesOnWithoutKnowing() {
        ec2.addresses.add(address("a").build());
        for (var failure : List.of(
                Aws.autoScalingError(403, "AccessDenied", "not authorized"),
                Aws.autoScalingError(500, "InternalFailure", "an error"))) {
            autoScaling.describeFailures.add(failure);
            assertThat(look(Events.TIME).outcome()).isEqualTo(Outcome.Found);
        }
    }

    @Test
    void whenAutoScalingDoesNotTellWhoElseWaitsItIsLogged() {
        ec2.addresses.add(address("a").build());
        autoScaling.describeFailures.add(Aws.autoScalingError(403, "AccessDenied", "not authorized"));

        assertThat(warnings()).singleElement().asString().contains("forward-proxy", "AccessDenied", "not authorized");
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
                .satisfies(FindFreeEipFixture::isForTheInstanceAlone);

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
        var now = Events.TIME.plusSeconds(19);

        assertThat(look(now, Map.of("plan", plan(100, 30))).secondsUntilTurn())
                .as("the first address")
                .isEqualTo(1);
        assertThat(look(now, Map.of("plan", plan(130, 30))).secondsUntilTurn())
                .as("the last address")
                .isEqualTo(6);
        assertThat(look(now, Map.of("plan", plan(130, 2))).secondsUntilTurn())
                .as("nobody waits for most of those before it")
                .isEqualTo(1);
        var later = new Plan(new ElasticIp("eipalloc-130", "203.0.113.130"), Events.TIME.plusSeconds(30), 40, 0, 30);
        assertThat(look(Events.TIME.plusSeconds(44), Map.of("plan", later)).secondsUntilTurn())
                .isEqualTo(15);
        assertThat(look(Events.TIME.plusSeconds(45), Map.of("plan", later)).secondsUntilTurn())
                .as("the storm is nearly over")
                .isEqualTo(6);
    }

    @Test
    void whoWasThrottledMayHaveAnAddressAllTheSame() {
        ec2.addresses.add(address("a").build());
        ec2.addresses.add(address("b")
                .instanceId(Events.INSTANCE)
                .associationId("eipassoc-1")
                .build());
        var plan = new Plan(new ElasticIp("eipalloc-a", "203.0.113.1"), Events.TIME, 2, 0, 0);

        assertThat(look(Events.TIME.plusSeconds(20), Map.of("plan", plan)).outcome())
                .isEqualTo(Outcome.AlreadyHeld);
    }

    @Test
    void aLaunchAheadThatNeverTakesItsAddressIsNotWaitedForToTheEnd() {
        ec2.addresses.add(address("a").build());
        autoScaling.waits("i-00000000000000000");
        ec2.instances.add(instance(Events.INSTANCE, Events.TIME));
        ec2.instances.add(instance("i-00000000000000000", Events.TIME.minusSeconds(1)));

        assertThat(find(Events.TIME.plusMillis(539_999)).outcome()).isEqualTo(Outcome.PoolEmpty);
        assertThat(find(Events.TIME.plusSeconds(540)).eip().allocationId()).isEqualTo("eipalloc-a");
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
    void whenAutoScalingThrottlesTheLaunchLooksLaterUntilTheLastTenthOfItsTime() {
        ec2.addresses.add(address("a").build());
        var throttled = Aws.autoScalingError(400, "Throttling", "Rate exceeded");
        autoScaling.describeFailures.add(throttled);
        var output = look(Events.TIME.plusMillis(539_999), Map.of("throttledLooks", 3));
        assertThat(output.outcome()).isEqualTo(Outcome.Throttled);
        assertThat(output.eip()).isNull();
        assertThat(output.secondsUntilTurn()).as("within").isEqualTo(5);
        assertThat(ec2.describeInstances).as("in vain").isEmpty();

        autoScaling.describeFailures.add(throttled);
        assertThat(look(Events.TIME.plusSeconds(540), Map.of("throttledLooks", 3))
                        .outcome())
                .isEqualTo(Outcome.Found);
    }

    @Test
    void whenAutoScalingThrottlesThoughFewTakeAnAddressTheLaunchGoesOnWithoutItsAnswer() {
        for (var i = 10; i < 30; i++) {
            ec2.addresses.add(address("" + i).build());
        }
        var first = lookThrottled(Events.TIME, null);
        assertThat(first.unanswered()).isEqualTo(new Unanswered(Events.TIME, 20, 1));

        ec2.addresses.subList(0, 7).clear();
        var second = lookThrottled(Events.TIME.plusSeconds(20), first.unanswered());
        assertThat(second.outcome()).isEqualTo(Outcome.Throttled);
        assertThat(second.unanswered()).isEqualTo(new Unanswered(Events.TIME, 20, 2));

        var found = lookThrottled(Events.TIME.plusSeconds(20), new Unanswered(Events.TIME, 20, 6));
        assertThat(found.outcome()).isEqualTo(Outcome.Found);
        assertThat(found.secondsUntilTurn()).isZero();
        assertThat(found.unanswered()).isNull();
    }

    private FindFreeEipOutput lookThrottled(Instant now, Unanswered unanswered) {
        autoScaling.describeFailures.add(Aws.autoScalingError(400, "Throttling", "Rate exceeded"));
        return look(
                now,
                unanswered == null
                        ? Map.of("throttledLooks", 3)
                        : Map.of("throttledLooks", 3, "unanswered", unanswered));
    }

    @Test
    void theMoreAddressesAreFreeTheLaterAThrottledLaunchLooksAgain() {
        for (var i = 0; i < 60; i++) {
            ec2.addresses.add(address(String.format("%02d", i)).build());
        }
        autoScaling.describeFailures.add(Aws.autoScalingError(400, "Throttling", "Rate exceeded"));

        assertThat(look(Events.TIME.plusSeconds(30)).secondsUntilTurn()).isEqualTo(10);
    }

    @Test
    void whoseLookIsThrottledKeepsWhatItKnows() {
        ec2.addresses.add(address("a").build());
        autoScaling.describeFailures.add(Aws.autoScalingError(400, "Throttling", "Rate exceeded"));
        var plan = new Plan(new ElasticIp("eipalloc-c", "203.0.113.3"), Events.TIME, 24, 0, 22);

        var output = look(
                Events.TIME.plusSeconds(20),
                Map.of("plan", plan, "zone", new Zone("us-east-1b"), "triedInVain", List.of("eipalloc-z")));

        assertThat(output.outcome()).isEqualTo(Outcome.Throttled);
        assertThat(output.plan()).isEqualTo(plan);
        assertThat(output.zone()).isEqualTo(new Zone("us-east-1b"));
        assertThat(output.triedInVain()).containsExactly("eipalloc-z");
    }

    /** It waits as for any empty pool, and does not ask Auto Scaling again before something is free. */
    @Test
    void whoseLookIsThrottledThoughNothingIsFreeHasFoundThePoolEmpty() {
        autoScaling.describeFailures.add(Aws.autoScalingError(400, "Throttling", "Rate exceeded"));

        assertThat(look(Events.TIME).outcome()).isEqualTo(Outcome.PoolEmpty);
    }

    /** A token of Auto Scaling is better spent on a launch that is completed. */
    @Test
    void whenEc2ThrottlesAutoScalingIsNotAsked() {
        ec2.failures.add(Aws.ec2Error(503, "RequestLimitExceeded", "Request limit exceeded."));

        assertThatThrownBy(() -> look(Events.TIME)).isInstanceOf(ThrottledException.class);
        assertThat(autoScaling.describeGroups).isEmpty();
    }

    /** Those of Reconcile and of an older release. */
    @Test
    void aDefinitionThatKnowsNoPlansIsToldByAFailureThatAutoScalingThrottles() {
        ec2.addresses.add(address("a").build());
        autoScaling.describeFailures.add(Aws.autoScalingError(400, "Throttling", "Rate exceeded"));

        assertThatThrownBy(() -> find(Events.TIME)).isInstanceOf(ThrottledException.class);
    }
}
