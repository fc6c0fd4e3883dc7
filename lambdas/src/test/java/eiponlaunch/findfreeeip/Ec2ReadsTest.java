package eiponlaunch.findfreeeip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import eiponlaunch.Events;
import eiponlaunch.FakeEc2;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;

class Ec2ReadsTest {
    private final FakeEc2 ec2 = new FakeEc2();

    @Test
    void twoHundredLaunchesAreAskedForByTheirIdsAndMoreByTheirGroup() {
        new Ec2Reads(ec2).launches(ids(200), List.of("forward-proxy"), Events.TIME);
        new Ec2Reads(ec2).launches(ids(201), List.of("forward-proxy"), Events.TIME);

        assertThat(ec2.describeInstances.get(0).filters())
                .extracting(Filter::name, Filter::values)
                .containsExactly(tuple("instance-id", ids(200)));
        assertThat(ec2.describeInstances.get(1).filters())
                .extracting(Filter::name)
                .containsExactly("tag:aws:autoscaling:groupName", "launch-time");
    }

    @Test
    void anInstanceWithoutAnIdIsLeftOutAndTheFirstOfTwoIsKept() {
        var first = Instance.builder().instanceId("i-1").launchTime(Events.TIME).build();
        var second = first.toBuilder().launchTime(null).build();
        ec2.instances.addAll(List.of(Instance.builder().launchTime(Events.TIME).build(), first, second));

        assertThat(new Ec2Reads(ec2)
                        .launches(ids(201), List.of("forward-proxy"), Events.TIME)
                        .orElseThrow())
                .hasSize(1)
                .containsEntry("i-1", first);
    }

    private static List<String> ids(int number) {
        return IntStream.range(0, number)
                .mapToObj(i -> String.format("i-%017x", i))
                .toList();
    }
}
