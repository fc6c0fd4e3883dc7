package eiponlaunch.engines;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eiponlaunch.engines.Executions.Ended;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/**
 * Reconcile as deployed by SAM CLI, its Map run by ministack, for instances of moto. DescribeGroup itself does not run:
 * ministack's Step Functions cannot call Auto Scaling, moto's has no JSONata, and LocalStack no Auto Scaling. What it would
 * get comes with the input. The instances lack their group's tag, since moto cannot filter those by their launch time.
 */
class ReconcileIT {
    private static final int INSTANCES = 7;

    private static final Executions EXECUTIONS = new Executions(Endpoints.ministack());
    private static final Pool MOTO = new Pool(Endpoints.moto());
    private static final Wire WIRE = new Wire();
    private static final String GROUP = "forward-proxy";

    private static Deployment stack;
    private static List<String> instances;

    @BeforeAll
    static void deploy() {
        stack = Deployment.of("reconcile", WIRE.url(), "DeadlineSeconds=30");
        instances = Stream.generate(MOTO::runInstance).limit(INSTANCES).toList();
    }

    @AfterAll
    static void close() {
        WIRE.close();
    }

    @BeforeEach
    void emptyPool() {
        WIRE.reset();
        WIRE.passOn(Endpoints.moto());
        MOTO.clear();
    }

    @Test
    void everyInstanceOfTheGroupGetsAnAddressAndASecondRunChangesNothing() {
        allocate(INSTANCES);

        var first = reconcile(false);
        var second = reconcile(false);

        assertThat(first.status()).as("%s", first).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(first.output().at("/counts/associated").asInt()).isEqualTo(INSTANCES);
        assertThat(second.output().at("/counts/alreadyHeld").asInt()).isEqualTo(INSTANCES);
        assertThat(MOTO.holders().values()).containsExactlyInAnyOrderElementsOf(instances);
        assertThat(WIRE.sent("AssociateAddress")).hasSize(INSTANCES);
    }

    @Test
    void aDryRunNamesADifferentAddressForEachInstanceAndWritesNothing() {
        allocate(INSTANCES);

        var dry = reconcile(true);

        assertThat(dry.status()).as("%s", dry).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(StreamSupport.stream(dry.output().get("instances").spliterator(), false)
                        .map(instance -> instance.at("/eip/allocationId").asText()))
                .hasSize(INSTANCES)
                .doesNotHaveDuplicates();
        assertThat(WIRE.sent("AssociateAddress")).isEmpty();
        assertThat(MOTO.holders().values()).containsOnly("");
    }

    @Test
    void aPoolThatIsTooSmallFailsAndNamesTheInstancesWithoutAnAddress() {
        allocate(INSTANCES - 2);

        var ended = reconcile(false);

        assertThat(ended.error()).isEqualTo("SomeInstancesWithoutEip");
        assertThat(ended.cause()).startsWith("2 of 7 instances").contains(": NoFreeEip: ");
        assertThat(MOTO.holders().values()).doesNotContain("");
    }

    @Test
    void anUnknownGroupIsNotFound() {
        var ended = EXECUTIONS.run(
                stack.output("ReconcileArn"),
                Events.json(
                        "{\"autoScalingGroupName\": \"no-such-group\", \"described\": {\"AutoScalingGroups\": []}}"));

        assertThat(ended.error()).isEqualTo("GroupNotFound");
    }

    private static void allocate(int addresses) {
        for (int i = 0; i < addresses; i++) {
            MOTO.allocate();
        }
    }

    private static Ended reconcile(boolean dryRun) {
        return EXECUTIONS.run(stack.output("ReconcileArn"), input(dryRun));
    }

    private static JsonNode input(boolean dryRun) {
        var group = Events.JSON.createObjectNode().put("AutoScalingGroupName", GROUP);
        var listed = group.putArray("Instances");
        instances.forEach(
                instance -> listed.addObject().put("InstanceId", instance).put("LifecycleState", "InService"));
        listed.addObject().put("InstanceId", "i-0fffffffffffffff0").put("LifecycleState", "Pending:Wait");
        ObjectNode input = Events.JSON
                .createObjectNode()
                .put("autoScalingGroupName", GROUP)
                .put("dryRun", dryRun);
        input.putObject("described").putArray("AutoScalingGroups").add(group);
        return input;
    }
}
