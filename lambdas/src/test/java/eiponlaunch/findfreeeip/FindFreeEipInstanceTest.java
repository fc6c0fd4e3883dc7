package eiponlaunch.findfreeeip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import eiponlaunch.Events;
import eiponlaunch.TaskInputs;
import eiponlaunch.failure.OtherEipException;
import eiponlaunch.failure.OtherEipUncertainException;
import eiponlaunch.findfreeeip.FindFreeEipOutput.Outcome;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.autoscaling.model.LifecycleState;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Tag;

/** What matters about the instance itself: its zone, the address that it has, and whether it runs already. */
class FindFreeEipInstanceTest extends FindFreeEipFixture {
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

    @Test
    void anElasticIpThatIsNotOfThePoolStaysWhereItIs() {
        ec2.addresses.add(address("a").build());
        hasEip();

        assertThatThrownBy(() -> look(Events.TIME))
                .isInstanceOf(OtherEipException.class)
                .hasMessageContainingAll(Events.INSTANCE, "198.51.100.7", "HookNames");
        assertThat(ec2.describeAddresses.get(1).filters())
                .extracting(Filter::name, Filter::values)
                .containsExactly(
                        tuple("instance-id", List.of(Events.INSTANCE)), tuple("public-ip", List.of("198.51.100.7")));
        assertThat(look(Events.TIME, Map.of("replaceOtherEips", true)).outcome())
                .isEqualTo(Outcome.Found);
        assertThat(find(Events.TIME).outcome()).isEqualTo(Outcome.Found); // a definition from before
    }

    @Test
    void anElasticIpThatIsNotOfThePoolIsSeenWhenThePoolIsEmptyToo() {
        hasEip();

        assertThatThrownBy(() -> look(Events.TIME)).isInstanceOf(OtherEipException.class);
        assertThat(look(Events.TIME, Map.of("replaceOtherEips", true)).outcome())
                .isEqualTo(Outcome.PoolEmpty);
        assertThat(ec2.describeInstances).hasSize(1);
    }

    /** DescribeInstances is behind: somebody has released the address meanwhile. */
    @Test
    void anElasticIpThatOnlyTheInstanceShowsIsAskedForAgain() {
        ec2.addresses.add(address("a").build());
        ec2.instances.add(with("198.51.100.7", "123456789012"));

        assertThatThrownBy(() -> look(Events.TIME))
                .isInstanceOf(OtherEipUncertainException.class)
                .hasMessageContainingAll(Events.INSTANCE, "198.51.100.7", "do not agree");
    }

    /** The look at the pool is behind: the address has only just got the pool's tags. */
    @Test
    void anElasticIpThatOnlyTheLookAtThePoolLacksIsAskedForAgain() {
        ec2.addresses.add(address("a").build());
        hasEip(tag("Application", "ForwardProxy"), tag("Environment", "prod"), tag("Team", "net"));

        assertThatThrownBy(() -> look(Events.TIME)).isInstanceOf(OtherEipUncertainException.class);
    }

    @Test
    void anElasticIpWithSomeOfThePoolsTagsIsNotOfThePool() {
        ec2.addresses.add(address("a").build());
        hasEip(tag("Application", "ForwardProxy"), tag("Environment", "prod"), tag("Team", "web"));

        assertThatThrownBy(() -> look(Events.TIME)).isInstanceOf(OtherEipException.class);
    }

    /** Which the look at the pool does not show. */
    private void hasEip(Tag... tags) {
        ec2.instances.add(with("198.51.100.7", "123456789012"));
        ec2.byPublicIp.add(address("o").publicIp("198.51.100.7").tags(tags).build());
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }

    @Test
    void anAutomaticPublicAddressIsReplaced() {
        ec2.addresses.add(address("a").build());
        ec2.instances.add(with("198.51.100.7", "amazon"));

        assertThat(look(Events.TIME).outcome()).isEqualTo(Outcome.Found);
    }

    /** DescribeAddresses is behind: the instance has "b", and "a" would replace it. */
    @Test
    void anAddressOfThePoolThatOnlyTheInstanceShowsIsFoundAgain() {
        ec2.addresses.add(address("a").build());
        ec2.addresses.add(address("b").publicIp("203.0.113.9").build());
        ec2.instances.add(with("203.0.113.9", "123456789012"));

        var output = look(Events.TIME);

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

        assertThat(look(Events.TIME).eip().allocationId()).isEqualTo("eipalloc-a");
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

        assertThat(look(Events.TIME).outcome()).isEqualTo(Outcome.Found);
    }

    private FindFreeEipOutput findAfterLaunches(String... instances) {
        var input = TaskInputs.findFreeEip(Events.launch(), POOLS, Map.of("afterLaunches", instances));
        return handler(Events.TIME).handleRequest(input, null);
    }
}
