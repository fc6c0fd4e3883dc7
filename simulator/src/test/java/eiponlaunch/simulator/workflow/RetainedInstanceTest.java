package eiponlaunch.simulator.workflow;

import static eiponlaunch.simulator.workflow.Workflow.EVENT;
import static eiponlaunch.simulator.workflow.Workflow.INSTANCE;
import static org.assertj.core.api.Assertions.assertThat;

import eiponlaunch.simulator.faults.CallFault;
import eiponlaunch.simulator.faults.InvocationFault;
import eiponlaunch.simulator.run.Simulation;
import eiponlaunch.simulator.world.autoscaling.LifecycleHold;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;

/** A group retains an instance whose terminating hook was abandoned: EC2 calls it running until somebody terminates it. */
class RetainedInstanceTest {
    private static final String SERVING = "i-0123456789abcdef0";
    private static final String ADDRESS = "eipalloc-00000000000000001";

    private final Workflow workflow = new Workflow();

    @Test
    void anInstanceThatWasContinuedIsNotRetained() {
        var run = workflow.earlyRelease()
                .file("instance-terminate.json")
                .before(simulation -> simulation.hooks().retainAbandoned())
                .run();

        assertThat(stateOf(SERVING, run)).isEqualTo(InstanceStateName.TERMINATED);
        assertThat(run.result.violations()).isEmpty();
    }

    @Test
    void ofOneWhoseContinueCouldNotBeSentTheAddressIsGivenBackAllTheSame() {
        workflow.faults.everyInvocation("CompleteLifecycle", InvocationFault.THROTTLED);
        var run = workflow.earlyRelease()
                .file("instance-terminate.json")
                .before(simulation -> simulation.hooks().retainAbandoned())
                .run();

        assertThat(run.statesOfEipOnTerminate()).endsWith("ContinueNotSent");
        assertThat(stateOf(SERVING, run)).isEqualTo(InstanceStateName.RUNNING);
        assertThat(run.addressOf(SERVING)).isNull();
        assertThat(run.result.violations()).isEmpty();
    }

    @Test
    void anAddressThatWasNotGivenBackComesBackWhenSomebodyTerminatesTheInstance() {
        workflow.faults.every("DisassociateAddress", CallFault.refused("UnauthorizedOperation", 403, "No."));
        workflow.faults.everyInvocation("CompleteLifecycle", InvocationFault.THROTTLED);
        var run = workflow.earlyRelease()
                .file("instance-terminate.json")
                .before(simulation -> {
                    simulation.hooks().retainAbandoned();
                    simulation.time().at(EVENT.plusSeconds(3600), () -> {
                        assertThat(simulation.ec2().addressOf(SERVING)).isEqualTo(ADDRESS);
                        simulation.ec2().terminate(SERVING);
                    });
                })
                .run();

        assertThat(stateOf(SERVING, run)).isEqualTo(InstanceStateName.TERMINATED);
        assertThat(run.addressOf(SERVING)).isNull();
        assertThat(run.result.violations()).isEmpty();
    }

    /** Its launch still waits for an address that becomes free a minute later, and would stay with the instance for ever. */
    @Test
    void anInstanceThatIsRetainedDuringItsLaunchGetsNoAddress() {
        var run = workflow.pool(0)
                .before(simulation -> {
                    retainAfter(simulation, 60);
                    simulation
                            .time()
                            .at(
                                    EVENT.plusSeconds(120),
                                    () -> simulation
                                            .ec2()
                                            .allocate(ADDRESS, "198.18.0.1", Map.of("Application", "ForwardProxy")));
                })
                .run();

        assertThat(stateOf(INSTANCE, run)).isEqualTo(InstanceStateName.RUNNING);
        assertThat(run.addressOf(INSTANCE)).isNull();
        assertThat(run.execution().error()).contains("eiponlaunch.failure.InstanceGoneException");
        assertThat(run.result.violations()).isEmpty();
    }

    @Test
    void reconcileLeavesItAlone() {
        var run = workflow.before(simulation -> {
                    var ec2 = simulation.ec2();
                    retainAfter(simulation, 60);
                    simulation.time().at(EVENT.plusSeconds(61), () -> ec2.disassociate(ADDRESS, false));
                    simulation
                            .time()
                            .at(
                                    EVENT.plusSeconds(120),
                                    () -> simulation.startExecution(
                                            "Reconcile", "run", Map.of("autoScalingGroupName", "forward-proxy")));
                })
                .run();

        assertThat(run.executions("Reconcile").get(0).output()).asString().contains("instances=[]");
        assertThat(stateOf(INSTANCE, run)).isEqualTo(InstanceStateName.RUNNING);
        assertThat(run.addressOf(INSTANCE)).isNull();
        assertThat(run.result.violations()).isEmpty();
    }

    /** Another terminating hook of the group ends so many seconds after the launch event. */
    private static void retainAfter(Simulation simulation, int seconds) {
        simulation.hooks().retainAbandoned();
        var other = new LifecycleHold(
                "forward-proxy", "drain", "other", INSTANCE, EVENT.plusSeconds(seconds), false, true, false);
        simulation
                .time()
                .at(EVENT.plusSeconds(seconds - 10), () -> simulation.hooks().hold(other));
    }

    private static InstanceStateName stateOf(String instanceId, Workflow.Run run) {
        return run.simulation().ec2().instance(instanceId).state().name();
    }
}
