package eiponlaunch.preflight.read;

import static org.assertj.core.api.Assertions.assertThat;

import eiponlaunch.preflight.facts.Group;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingGroupsRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingGroupsResponse;
import software.amazon.awssdk.services.autoscaling.model.SuspendedProcess;

class GroupReaderTest {
    @Test
    void readsWhichProcessesAreSuspendedAndWhy() {
        var group = read(answer -> answer.suspendedProcesses(
                SuspendedProcess.builder()
                        .processName("Launch")
                        .suspensionReason("User suspended")
                        .build(),
                SuspendedProcess.builder().processName("Terminate").build()));

        assertThat(group.suspended())
                .containsEntry("Launch", "User suspended")
                .containsEntry("Terminate", "")
                .hasSize(2);
    }

    private static Group read(Consumer<AutoScalingGroup.Builder> change) {
        var answer = AutoScalingGroup.builder()
                .autoScalingGroupName("forward-proxy")
                .autoScalingGroupARN("arn")
                .maxSize(12)
                .desiredCapacity(4);
        change.accept(answer);
        return new GroupReader(new OneGroup(answer.build()), "eu-west-1")
                .group("forward-proxy")
                .orElse(null);
    }

    private record OneGroup(AutoScalingGroup group) implements AutoScalingClient {
        @Override
        public DescribeAutoScalingGroupsResponse describeAutoScalingGroups(DescribeAutoScalingGroupsRequest request) {
            return DescribeAutoScalingGroupsResponse.builder()
                    .autoScalingGroups(group)
                    .build();
        }

        @Override
        public String serviceName() {
            return "autoscaling";
        }

        @Override
        public void close() {}
    }
}
