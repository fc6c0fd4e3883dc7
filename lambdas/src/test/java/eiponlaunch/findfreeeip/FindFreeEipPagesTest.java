package eiponlaunch.findfreeeip;

import static org.assertj.core.api.Assertions.assertThat;

import eiponlaunch.Events;
import eiponlaunch.TaskInputs;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingGroupsRequest;
import software.amazon.awssdk.services.autoscaling.model.Instance;
import software.amazon.awssdk.services.autoscaling.model.LifecycleState;

/** Rivals that Auto Scaling tells of on several pages, or more than once. */
class FindFreeEipPagesTest extends FindFreeEipFixture {
    private static final String FIRST = "i-00000000000000001";
    private static final Instance ITSELF = instance(Events.INSTANCE, LifecycleState.PENDING_WAIT);

    @BeforeEach
    void threeAreFree() {
        List.of("a", "b", "c").forEach(name -> ec2.addresses.add(address(name).build()));
        autoScaling.group = null;
    }

    @Test
    void rivalsOfEveryPageCount() {
        page(ITSELF);
        page(instance(FIRST, LifecycleState.PENDING_WAIT));

        assertThat(chosen()).isEqualTo("eipalloc-b");
    }

    @Test
    void aRivalThatIsListedTwiceIsOneRival() {
        page(instance(FIRST, LifecycleState.PENDING_WAIT), ITSELF);
        page(instance(FIRST, LifecycleState.PENDING_WAIT));

        assertThat(chosen()).isEqualTo("eipalloc-b");
    }

    @Test
    void anInstanceThatMovesToAnotherGroupWhilePagesAreReadIsAsTheLastOneShowsIt() {
        page(instance(FIRST, LifecycleState.PENDING_WAIT), ITSELF);
        page(instance(FIRST, LifecycleState.TERMINATING));

        assertThat(chosen()).isEqualTo("eipalloc-a");

        page(instance(FIRST, LifecycleState.IN_SERVICE));

        assertThat(chosen()).isEqualTo("eipalloc-b");
    }

    /** Auto Scaling refuses a request that names more, and nobody would know who else waits. */
    @Test
    void moreGroupsThanOneRequestTakesAreAskedForInSeveral() {
        page(ITSELF);
        page(instance(FIRST, LifecycleState.PENDING_WAIT));
        var others =
                IntStream.range(0, 200).mapToObj(number -> "proxies-" + number).toList();

        var found = handler(Events.TIME)
                .handleRequest(
                        TaskInputs.findFreeEip(
                                Events.launch(), POOLS, Map.of("poolGroupNames", String.join(",", others))),
                        null);

        assertThat(found.eip().allocationId()).isEqualTo("eipalloc-b");
        var asked = autoScaling.describeGroups.stream()
                .map(DescribeAutoScalingGroupsRequest::autoScalingGroupNames)
                .distinct()
                .toList();
        assertThat(asked).extracting(List::size).containsExactly(100, 100, 1);
        assertThat(asked.stream().flatMap(List::stream))
                .containsExactlyElementsOf(Stream.concat(Stream.of("forward-proxy"), others.stream())
                        .toList());
    }

    private String chosen() {
        return find(Events.TIME).eip().allocationId();
    }

    private void page(Instance... instances) {
        autoScaling.groups.add(AutoScalingGroup.builder().instances(instances).build());
    }

    private static Instance instance(String id, LifecycleState state) {
        return Instance.builder().instanceId(id).lifecycleState(state).build();
    }
}
