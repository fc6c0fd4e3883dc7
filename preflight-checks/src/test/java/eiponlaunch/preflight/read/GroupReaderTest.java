package eiponlaunch.preflight.read;

import static org.assertj.core.api.Assertions.assertThat;

import eiponlaunch.preflight.facts.Group;
import eiponlaunch.preflight.facts.Group.LaunchTemplate;
import eiponlaunch.preflight.facts.Group.Units;
import eiponlaunch.preflight.facts.Lookup;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingException;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingGroupsRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingGroupsResponse;
import software.amazon.awssdk.services.autoscaling.model.Instance;
import software.amazon.awssdk.services.autoscaling.model.LaunchTemplateOverrides;
import software.amazon.awssdk.services.autoscaling.model.LaunchTemplateSpecification;
import software.amazon.awssdk.services.autoscaling.model.LifecycleState;
import software.amazon.awssdk.services.autoscaling.model.MixedInstancesPolicy;
import software.amazon.awssdk.services.autoscaling.model.RetentionAction;
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

    @Test
    void aGroupCountsInUnitsWhereAnInstanceOrAnOverrideHasAWeight() {
        assertThat(read(answer -> answer.instances(weighing("2"), weighing("4")))
                        .units())
                .contains(new Units("units", Optional.of(2)));
        assertThat(read(answer -> answer.mixedInstancesPolicy(overrides("8", "4")))
                        .units())
                .contains(new Units("units", Optional.of(4)));
        assertThat(read(answer -> answer.desiredCapacityType("units")
                                .instances(weighing("8"))
                                .mixedInstancesPolicy(overrides("4", "16")))
                        .units())
                .contains(new Units("units", Optional.of(4)));
    }

    @Test
    void readsTheWeightsOfItsInstances() {
        assertThat(read(answer -> answer.instances(weighing("2"), weighing(null)))
                        .members())
                .extracting(Group.Member::weight)
                .containsExactly(Optional.of(2), Optional.empty());
    }

    @Test
    void aGroupWithoutWeightsOrOnlyOfOneCountsInstances() {
        assertThat(read(answer -> answer.instances(weighing(null))).units()).isEmpty();
        assertThat(read(answer -> answer.desiredCapacityType("units").mixedInstancesPolicy(overrides("1", "1")))
                        .units())
                .isEmpty();
    }

    @Test
    void anInstanceHasAtLeastTheVcpusOrTheMemoryThatTheGroupAsksFor() {
        assertThat(read(answer -> answer.desiredCapacityType("vcpu").mixedInstancesPolicy(asking(4, 8192)))
                        .units())
                .contains(new Units("vcpu", Optional.of(4)));
        assertThat(read(answer -> answer.desiredCapacityType("memory-mib").mixedInstancesPolicy(asking(4, 8192)))
                        .units())
                .contains(new Units("memory-mib", Optional.of(8192)));
        assertThat(read(answer -> answer.desiredCapacityType("vcpu")
                                .instances(weighing("2"))
                                .mixedInstancesPolicy(asking(4, 8192)))
                        .units())
                .as("one that is there may be older than what the group asks for")
                .contains(new Units("vcpu", Optional.of(2)));
        assertThat(read(answer -> answer.mixedInstancesPolicy(asking(4, 8192))).units())
                .as("attributes do not keep a group from counting instances")
                .isEmpty();
    }

    @Test
    void nobodyKnowsTheLeastThatAnInstanceHasWhereTheGroupAsksForNone() {
        var instances = List.of(weighing("4096"));

        assertThat(read(answer -> answer.desiredCapacityType("memory-mib").instances(instances))
                        .units())
                .contains(new Units("memory-mib", Optional.empty()));
        for (var type : List.of("vcpu", "memory-mib")) {
            assertThat(read(answer -> answer.desiredCapacityType(type)
                                    .instances(instances)
                                    .mixedInstancesPolicy(asking(0, 0)))
                            .units())
                    .contains(new Units(type, Optional.empty()));
            assertThat(read(answer -> answer.desiredCapacityType(type)
                                    .instances(instances)
                                    .mixedInstancesPolicy(overrides((String) null)))
                            .units())
                    .as("the launch template may ask, which is not looked at")
                    .contains(new Units(type, Optional.empty()));
        }
    }

    @Test
    void readsWhetherTheGroupRetainsAnInstanceWhoseTerminatingHookIsAbandoned() {
        assertThat(read(answer -> retainedOn(RetentionAction.RETAIN, answer)).retains())
                .isTrue();
        assertThat(read(answer -> retainedOn(RetentionAction.TERMINATE, answer)).retains())
                .isFalse();
        assertThat(read(answer -> {}).retains()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 50, 51, 100, 101, 250})
    void readsWhichGroupsAreThereHoweverManyAreNamed(int count) {
        var names =
                IntStream.range(0, count).mapToObj(number -> "group-" + number).toList();

        assertThat(new GroupReader(new ManyGroups(), "eu-west-1").names(names)).isEqualTo(Lookup.of(names));
    }

    @Test
    void aGroupThatIsNamedTwiceOrComesOnTwoPagesIsThereOnce() {
        var names = Stream.concat(Stream.of("group-0"), IntStream.range(0, 100).mapToObj(number -> "group-" + number))
                .toList();

        assertThat(new GroupReader(new ManyGroups(), "eu-west-1").names(names).orElse(List.of()))
                .doesNotHaveDuplicates()
                .hasSize(100);
    }

    @Test
    void readsTheLaunchTemplateOfAGroup() {
        assertThat(read(answer -> answer.launchTemplate(template("lt-1", "3"))).launchTemplates())
                .containsExactly(launchTemplate("lt-1", "3"));
        assertThat(read(answer -> answer.launchTemplate(template("lt-1", null))).launchTemplates())
                .containsExactly(launchTemplate("lt-1", "$Default"));
        assertThat(read(answer -> answer.launchTemplate(
                                template -> template.launchTemplateName("proxy").version("$Latest")))
                        .launchTemplates())
                .containsExactly(new LaunchTemplate(Optional.empty(), Optional.of("proxy"), "$Latest"));
    }

    @Test
    void readsEachLaunchTemplateThatAMixedInstancesPolicyMayLaunchWithOnce() {
        assertThat(read(answer -> answer.mixedInstancesPolicy(templates("lt-x86")))
                        .launchTemplates())
                .containsExactly(launchTemplate("lt-x86", "1"));
        assertThat(read(answer -> answer.mixedInstancesPolicy(templates("lt-x86", null, "lt-arm", "lt-arm", "lt-x86")))
                        .launchTemplates())
                .containsExactly(launchTemplate("lt-x86", "1"), launchTemplate("lt-arm", "1"));
        assertThat(read(answer -> answer.mixedInstancesPolicy(templates("lt-x86", "lt-arm", "lt-gpu")))
                        .launchTemplates())
                .as("no override is left that uses that of the policy")
                .containsExactly(launchTemplate("lt-arm", "1"), launchTemplate("lt-gpu", "1"));
    }

    @Test
    void readsTheLaunchConfigurationOfAGroup() {
        var group = read(answer -> answer.launchConfigurationName("old-proxy"));

        assertThat(group.launchConfiguration()).contains("old-proxy");
        assertThat(group.launchTemplates()).isEmpty();
    }

    /** Of the policy, and of its overrides: null for one that names none. */
    private static MixedInstancesPolicy templates(String ofThePolicy, String... ofOverrides) {
        return MixedInstancesPolicy.builder()
                .launchTemplate(policy -> policy.launchTemplateSpecification(template(ofThePolicy, "1"))
                        .overrides(Stream.of(ofOverrides)
                                .map(id -> LaunchTemplateOverrides.builder()
                                        .launchTemplateSpecification(id == null ? null : template(id, "1"))
                                        .build())
                                .toList()))
                .build();
    }

    private static LaunchTemplateSpecification template(String id, String version) {
        return LaunchTemplateSpecification.builder()
                .launchTemplateId(id)
                .version(version)
                .build();
    }

    private static LaunchTemplate launchTemplate(String id, String version) {
        return new LaunchTemplate(Optional.of(id), Optional.empty(), version);
    }

    private static void retainedOn(RetentionAction abandon, AutoScalingGroup.Builder answer) {
        answer.instanceLifecyclePolicy(
                policy -> policy.retentionTriggers(triggers -> triggers.terminateHookAbandon(abandon)));
    }

    private static Instance weighing(String weight) {
        return Instance.builder()
                .instanceId("i-1")
                .lifecycleState(LifecycleState.IN_SERVICE)
                .weightedCapacity(weight)
                .build();
    }

    private static MixedInstancesPolicy overrides(String... weights) {
        return policy(Stream.of(weights)
                .map(weight -> LaunchTemplateOverrides.builder()
                        .weightedCapacity(weight)
                        .build())
                .toList());
    }

    private static MixedInstancesPolicy asking(int vcpus, int mib) {
        return policy(List.of(LaunchTemplateOverrides.builder()
                .instanceRequirements(attributes ->
                        attributes.vCpuCount(count -> count.min(vcpus)).memoryMiB(memory -> memory.min(mib)))
                .build()));
    }

    private static MixedInstancesPolicy policy(List<LaunchTemplateOverrides> overrides) {
        return MixedInstancesPolicy.builder()
                .launchTemplate(template -> template.overrides(overrides))
                .build();
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

    /** All that are named, as many as AWS lets a request name, on pages of 30. */
    private record ManyGroups() implements AutoScalingClient {
        private static final int PAGE = 30;

        @Override
        public DescribeAutoScalingGroupsResponse describeAutoScalingGroups(DescribeAutoScalingGroupsRequest request) {
            var names = request.autoScalingGroupNames();
            var most = Objects.requireNonNullElse(request.maxRecords(), 50);
            if (names.size() > most || most > 100) {
                throw AutoScalingException.builder()
                        .awsErrorDetails(AwsErrorDetails.builder()
                                .errorCode("ValidationError")
                                .errorMessage("The number of group names that may be passed in is limited to " + most)
                                .build())
                        .build();
            }
            var from = request.nextToken() == null ? 0 : Integer.parseInt(request.nextToken());
            var to = Math.min(names.size(), from + PAGE);
            return DescribeAutoScalingGroupsResponse.builder()
                    .autoScalingGroups(names.subList(from, to).stream()
                            .map(name -> AutoScalingGroup.builder()
                                    .autoScalingGroupName(name)
                                    .build())
                            .toList())
                    .nextToken(to < names.size() ? String.valueOf(to) : null)
                    .build();
        }

        @Override
        public String serviceName() {
            return "autoscaling";
        }

        @Override
        public void close() {}
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
