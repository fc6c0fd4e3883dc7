package eiponlaunch.findfreeeip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eiponlaunch.Aws;
import eiponlaunch.Events;
import eiponlaunch.failure.ThrottledException;
import eiponlaunch.findfreeeip.FindFreeEipOutput.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.Address;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;

/** The first launched go first, as far as EC2 tells when that was. */
class FindFreeEipLaunchTimesTest extends FindFreeEipFixture {
    @Test
    void launchTimesAreAskedForOnlyWhereSomebodyWaitsAndInOneCall() {
        addresses(1);
        find(Events.TIME);
        assertThat(ec2.describeInstances)
                .as("nobody waits: only the instance itself")
                .singleElement()
                .satisfies(FindFreeEipFixture::isForTheInstanceAlone);

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
                .satisfies(FindFreeEipFixture::isForTheInstanceAlone);

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
                .satisfies(FindFreeEipFixture::isForTheInstanceAlone);
    }

    @Test
    void inAStormTheFirstLaunchedGoesFirstWhoeverComesLater() {
        addresses(60);
        wait(60);
        knowThem(Events.TIME);
        launchedAt(Events.TIME.minusSeconds(1));

        assertThat(find(Events.TIME).eip().allocationId()).isEqualTo("eipalloc-0000");
        assertThat(find(Events.TIME).secondsUntilTurn()).isZero();

        launchedAt(Events.TIME.plusSeconds(4));
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

    /** It would know another order than those whom a later answer shows. */
    @Test
    void aLaunchThatEc2DoesNotShowAmongTheOthersLooksAgainForTenSeconds() {
        addresses(60);
        wait(60);
        knowThem(Events.TIME);
        forgetIt();

        assertThat(look(Events.TIME.plusSeconds(9)).outcome()).isEqualTo(Outcome.NotShown);
        assertThat(look(Events.TIME.plusSeconds(10)).outcome()).isEqualTo(Outcome.Found);
    }

    /** Each look takes a token of Auto Scaling, and so many need more than it has at once. */
    @Test
    void whereManyWaitALaunchThatEc2DoesNotShowGoesOn() {
        addresses(200);
        wait(150);
        knowThem(Events.TIME);
        forgetIt();
        assertThat(look(Events.TIME).outcome()).isEqualTo(Outcome.NotShown);

        wait(151);
        knowThem(Events.TIME);
        forgetIt();
        assertThat(look(Events.TIME).outcome()).isEqualTo(Outcome.Found);
    }

    @Test
    void nearTheDeadlineALaunchDoesNotWaitForEc2ToShowIt() {
        addresses(60);
        wait(60);
        knowThem(Events.TIME);
        forgetIt();
        var early = Map.of("deadlineSeconds", 12);

        assertThat(look(Events.TIME.plusMillis(8_999), early).outcome()).isEqualTo(Outcome.NotShown);
        assertThat(look(Events.TIME.plusSeconds(9), early).outcome()).isEqualTo(Outcome.Found);
    }

    @Test
    void anInstanceOfAWarmPoolThatHasRunForHoursIsShownThoughEc2IsAskedForTheLastHour() {
        addresses(500);
        wait(201);
        knowThem(Events.TIME);
        launchedAt(Events.TIME.minusSeconds(3601));

        assertThat(look(Events.TIME).outcome()).isEqualTo(Outcome.Found);
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
        launchedAt(Events.TIME);

        assertThat(find(Events.TIME.plusSeconds(540)).plan().ahead()).isEqualTo(11);
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
        launchedAt(Events.TIME.minusSeconds(1));

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

    /** The instance whose launch it is. */
    private void launchedAt(Instant time) {
        forgetIt();
        ec2.instances.add(instance(Events.INSTANCE, time));
    }

    private void forgetIt() {
        ec2.instances.removeIf(instance -> instance.instanceId().equals(Events.INSTANCE));
    }

    private static List<String> values(DescribeInstancesRequest request, String filter) {
        return request.filters().stream()
                .filter(one -> one.name().equals(filter))
                .findFirst()
                .orElseThrow()
                .values();
    }
}
