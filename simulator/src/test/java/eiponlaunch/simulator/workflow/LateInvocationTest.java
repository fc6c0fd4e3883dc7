package eiponlaunch.simulator.workflow;

import static eiponlaunch.simulator.workflow.Workflow.EVENT;
import static eiponlaunch.simulator.workflow.Workflow.INSTANCE;
import static org.assertj.core.api.Assertions.assertThat;

import eiponlaunch.simulator.faults.InvocationFault;
import eiponlaunch.simulator.run.Simulation;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;

/** What an invocation does that Lambda runs long after Step Functions asked for it, on the shipped definition. */
class LateInvocationTest {
    private static final String FIRST = "eipalloc-00000000000000001";
    private static final String SECOND = "eipalloc-00000000000000002";
    private static final String STRANGER = "i-0fedcba9876543210";

    private final Workflow workflow = new Workflow();

    /**
     * The first attempt is for the first address, which a stranger then has for a while. So the launch goes on with the
     * second one, before Lambda runs that first attempt, a minute late.
     */
    @Test
    void anAttemptThatWasGivenUpDoesNotReplaceTheAddressThatTheInstanceGotMeanwhile() {
        workflow.faults.nextInvocation("AssociateEip", InvocationFault.LATE);
        var run = workflow.pool(2)
                .before(simulation -> {
                    simulation.time().at(EVENT.plusSeconds(10), () -> take(FIRST, simulation));
                    simulation
                            .time()
                            .at(EVENT.plusSeconds(50), () -> simulation.ec2().disassociate(FIRST, false));
                })
                .run();

        assertThat(run.execution().stop().orElseThrow()).isBefore(EVENT.plusSeconds(50));
        assertThat(run.addressOf(INSTANCE)).isEqualTo(SECOND);
        assertThat(run.result.continued()).isOne();
        assertThat(run.result.violations()).isEmpty();
    }

    /** The look is a moment old, so the first attempt meets a stranger's address. Lambda runs it again a minute later. */
    @Test
    void anAttemptThatLambdaRunsOnceMoreDoesNotEither() {
        workflow.faults.nextInvocation("AssociateEip", InvocationFault.TWICE).staleReads(Duration.ofMillis(1));
        var run = workflow.pool(2)
                .before(simulation -> {
                    simulation.time().at(EVENT, () -> take(FIRST, simulation));
                    simulation
                            .time()
                            .at(EVENT.plusSeconds(50), () -> simulation.ec2().disassociate(FIRST, false));
                })
                .run();

        assertThat(run.result.conflicts()).isPositive();
        assertThat(run.addressOf(INSTANCE)).isEqualTo(SECOND);
        assertThat(run.result.violations()).isEmpty();
    }

    /** What remains: within nine seconds the attempt is not too late, and EC2 does not tell that the instance has another address. */
    @ParameterizedTest
    @CsvSource({"7, true", "10, false"})
    void anAttemptThatLambdaRunsOnceMoreWithinSecondsMayReplaceTheAddress(int seconds, boolean replaced) {
        workflow.faults
                .nextInvocation("AssociateEip", InvocationFault.TWICE)
                .lateBy(Duration.ofSeconds(seconds))
                .staleReads(Duration.ofMillis(1));
        var run = workflow.pool(2)
                .before(simulation -> {
                    simulation.time().at(EVENT, () -> take(FIRST, simulation));
                    simulation
                            .time()
                            .at(EVENT.plusSeconds(5), () -> simulation.ec2().disassociate(FIRST, false));
                })
                .run();

        assertThat(run.addressOf(INSTANCE)).isEqualTo(replaced ? FIRST : SECOND);
        assertThat(run.result.violations()).isEmpty();
    }

    /** Never a failure: where AWS evaluates the arguments only once for all attempts, each later attempt looks late. */
    @ParameterizedTest
    @CsvSource({"9, 1", "10, 2", "29, 2"})
    void anAttemptThatIsLateButNotGivenUpLooksForAnAddressAgain(int seconds, int looks) {
        workflow.faults.nextInvocation("AssociateEip", InvocationFault.LATE).lateBy(Duration.ofSeconds(seconds));
        var run = workflow.run();

        assertThat(run.attempts("FindFreeEip")).isEqualTo(looks);
        assertThat(run.calls("AssociateAddress")).isOne();
        assertThat(run.result.continued()).isOne();
        assertThat(run.result.violations()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"FindFreeEip", "AssociateEip", "CompleteLifecycle"})
    void aFunctionThatRunsLateOrTwiceChangesNothingMore(String function) {
        for (var fault : new InvocationFault[] {InvocationFault.LATE, InvocationFault.TWICE}) {
            var late = new Workflow();
            late.faults.nextInvocation(function, fault);
            var run = late.pool(2).run();

            assertThat(run.addressOf(INSTANCE)).isEqualTo(FIRST);
            assertThat(run.result.continued()).isOne();
            assertThat(run.result.violations()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = InvocationFault.class,
            names = {"LATE", "TWICE"})
    void aLateDisassociationChangesNothingMoreEither(InvocationFault fault) {
        workflow.faults.nextInvocation("DisassociateEip", fault);
        var run = workflow.earlyRelease().file("instance-terminate.json").run();

        assertThat(run.result.violations()).isEmpty();
        assertThat(run.calls("DisassociateAddress")).isOne();
    }

    private static void take(String address, Simulation simulation) {
        simulation.ec2().launch(STRANGER, InstanceStateName.RUNNING, 1, Map.of());
        simulation.ec2().associate(address, STRANGER, false);
    }
}
