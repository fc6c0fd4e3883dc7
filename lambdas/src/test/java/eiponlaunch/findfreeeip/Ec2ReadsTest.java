package eiponlaunch.findfreeeip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import eiponlaunch.Aws;
import eiponlaunch.Events;
import eiponlaunch.FakeEc2;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
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

    static List<SdkException> failures() {
        return List.of(Aws.ec2Error(503, "Unavailable", "It failed."), ApiCallTimeoutException.create(6000));
    }

    /** While a zone is disrupted, EC2 fails what names no IDs and answers what names those of other zones. */
    @ParameterizedTest
    @MethodSource("failures")
    void anInstanceThatEc2DoesNotTellByAFilterIsAskedForByItsId(SdkException failure) {
        var instance = Instance.builder().instanceId("i-1").build();
        ec2.instances.add(instance);
        ec2.describeInstancesFailures.add(failure);

        assertThat(new Ec2Reads(ec2).instance("i-1")).contains(instance);
        assertThat(ec2.describeInstances)
                .extracting(DescribeInstancesRequest::instanceIds)
                .containsExactly(List.of(), List.of("i-1"));
    }

    @Test
    void anInstanceThatEc2DoesNotKnowByItsIdEitherIsNotShown() {
        ec2.describeInstancesFailures.add(Aws.ec2Error(503, "Unavailable", "It failed."));
        ec2.describeInstancesFailures.add(Aws.ec2Error(400, "InvalidInstanceID.NotFound", "No such instance."));

        assertThat(new Ec2Reads(ec2).instance("i-1")).isEmpty();
    }

    @Test
    void whatDoesNotPassByItselfIsNotAskedForOnceMore() {
        var reads = new Ec2Reads(ec2);
        ec2.describeInstancesFailures.add(Aws.ec2Error(503, "RequestLimitExceeded", "Slow down."));
        assertThatThrownBy(() -> reads.instance("i-1")).hasMessageContaining("Slow down.");
        ec2.describeInstancesFailures.add(Aws.ec2Error(503, "Unavailable", "It failed."));
        ec2.describeInstancesFailures.add(Aws.ec2Error(503, "Unavailable", "It failed again."));
        assertThatThrownBy(() -> reads.instance("i-1")).hasMessageContaining("It failed again.");

        assertThat(ec2.describeInstances).hasSize(3);
    }

    private static List<String> ids(int number) {
        return IntStream.range(0, number)
                .mapToObj(i -> String.format("i-%017x", i))
                .toList();
    }
}
