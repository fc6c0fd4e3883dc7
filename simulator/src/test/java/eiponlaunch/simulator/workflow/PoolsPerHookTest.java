package eiponlaunch.simulator.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import eiponlaunch.simulator.run.Simulation;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One stack serves hooks with pools of their own. */
class PoolsPerHookTest {
    private static final String MAIL = "eipalloc-mail";

    private final Workflow workflow = new Workflow();

    @Test
    void aHookWithAPoolOfItsOwnGetsAnAddressOfThatPool() {
        var run = workflow.file("launch-of-hook-with-pool.json")
                .parameter("HookPoolTagKeys", "Application")
                .before(PoolsPerHookTest::allocateForMail)
                .run();

        assertThat(run.addressOf(Workflow.INSTANCE)).isEqualTo(MAIL);
        assertThat(run.result.continued()).isOne();
    }

    @Test
    void withoutMetadataTheStacksOwnPoolHolds() {
        var run = workflow.parameter("HookPoolTagKeys", "Application")
                .before(PoolsPerHookTest::allocateForMail)
                .run();

        assertThat(run.addressOf(Workflow.INSTANCE)).isNotNull().isNotEqualTo(MAIL);
    }

    @Test
    void whenThePoolOfTheHookIsEmptyNoOtherIsUsedAndTheFailureNamesIt() {
        var run = workflow.file("launch-of-hook-with-pool.json")
                .parameter("HookPoolTagKeys", "Application")
                .run();

        assertThat(run.execution().error()).contains("NoFreeEip");
        assertThat(run.execution().cause().orElseThrow()).contains("Application=MailGateway");
        assertThat(run.result.abandoned()).isOne();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"eipPool\": {\"Application\": \"Mail", "{\"pool\": 1}", "{\"eipPool\": {\"Owner\": \"net\"}}"
            })
    void metadataThatIsMeantForUsAndWrongIsAbandonedAtOnce(String metadata) {
        var run = workflow.event(event -> event.withObject("detail").put("NotificationMetadata", metadata))
                .parameter("HookPoolTagKeys", "Application")
                .run();

        assertThat(run.execution().error()).contains("eiponlaunch.failure.MalformedMetadataException");
        assertThat(run.result.abandoned()).isOne();
        assertThat(run.result.apiCalls()).isEqualTo(Map.of("CompleteLifecycleAction", 1L));
    }

    @Test
    void metadataForOthersChangesNothing() {
        var run = workflow.event(event -> event.withObject("detail").put("NotificationMetadata", "owner: net"))
                .run();

        assertThat(run.result.continued()).isOne();
    }

    private static void allocateForMail(Simulation simulation) {
        simulation.ec2().allocate(MAIL, "198.18.9.9", Map.of("Application", "MailGateway"));
    }
}
