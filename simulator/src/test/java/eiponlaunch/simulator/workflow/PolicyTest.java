package eiponlaunch.simulator.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import eiponlaunch.simulator.faults.CallFault;
import eiponlaunch.simulator.template.Policies;
import eiponlaunch.simulator.template.ProjectFiles;
import eiponlaunch.simulator.template.SamTemplate;
import java.io.IOException;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;

/** The functions' roles against the calls that their code makes. */
class PolicyTest {
    private static final Map<String, String> SERVICES = Map.of(
            "DescribeAddresses", "ec2:",
            "DescribeInstances", "ec2:",
            "DescribeAvailabilityZones", "ec2:",
            "AssociateAddress", "ec2:",
            "DisassociateAddress", "ec2:",
            "DescribeAutoScalingGroups", "autoscaling:",
            "CompleteLifecycleAction", "autoscaling:",
            "RecordLifecycleActionHeartbeat", "autoscaling:");

    @Test
    void theRolesAllowTheCallsThatLaunchesMakeAndNoOthers() throws IOException {
        var launch = new Workflow();
        launch.faults.next(
                "AssociateAddress",
                CallFault.refused("InvalidInstanceID", 400, "There are multiple interfaces attached to instance."));
        var calls = new TreeSet<String>();
        var zone = "us-east-1-bos-1a"; // its border group must be asked for
        launch.before(simulation -> {
            simulation.ec2().launch(Workflow.INSTANCE, InstanceStateName.RUNNING, 1, zone, Map.of());
            simulation
                    .ec2()
                    .allocate(
                            "eipalloc-boston",
                            "198.18.9.9",
                            Map.of("Application", "ForwardProxy"),
                            address -> address.networkBorderGroup("us-east-1-bos-1"));
        });
        launch.run().result.apiCalls().keySet().forEach(call -> calls.add(SERVICES.get(call) + call));

        assertThat(allowed("FindFreeEipRole", "AssociateEipRole", "CompleteLifecycleRole"))
                .containsExactlyInAnyOrderElementsOf(calls);
    }

    @Test
    void theRolesAllowTheCallsThatTerminationsMakeAndNoOthers() throws IOException {
        var calls = new TreeSet<String>();
        new Workflow()
                .earlyRelease()
                .file("instance-terminate-into-warm-pool.json")
                .run()
                .result
                .apiCalls()
                .keySet()
                .forEach(call -> calls.add(SERVICES.get(call) + call));

        assertThat(allowed("DisassociateEipRole", "CompleteLifecycleRole")).containsExactlyInAnyOrderElementsOf(calls);
    }

    private static Stream<String> allowed(String... roles) throws IOException {
        var template =
                SamTemplate.read(ProjectFiles.find().template(), Map.of("TerminateHookNames", "disassociate-eip"));
        return Stream.of(roles).flatMap(new Policies(template)::actions).distinct();
    }

    @Test
    void reconcilesRoleAllowsTheCallThatItMakesItselfAndTheFunctionsMakeNoOthersForIt() throws IOException {
        var calls = new ReconcileRun(2, 2)
                .start(ReconcileRun.input(false))
                .run()
                .run
                .result
                .apiCalls()
                .keySet();
        var policies = new Policies(SamTemplate.read(ProjectFiles.find().template(), Map.of()));

        assertThat(calls)
                .containsExactlyInAnyOrder(
                        "DescribeAutoScalingGroups",
                        "DescribeAddresses",
                        "DescribeInstances",
                        "AssociateAddress",
                        "ListExecutions",
                        "CompleteLifecycleAction"); // of the launch that every simulation has
        assertThat(policies.actions("ReconcileRole"))
                .containsExactlyInAnyOrder("states:ListExecutions", "lambda:InvokeFunction");
    }
}
