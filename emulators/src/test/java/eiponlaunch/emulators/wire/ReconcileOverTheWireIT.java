package eiponlaunch.emulators.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;

import asl.execution.ExecutionStatus;
import asl.testing.StateMachineTester;
import asl.testing.TaskBehaviour;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.fasterxml.jackson.databind.ObjectMapper;
import eiponlaunch.associateeip.AssociateEipHandler;
import eiponlaunch.associateeip.AssociateEipInput;
import eiponlaunch.emulators.ShippedHandlers;
import eiponlaunch.findfreeeip.FindFreeEipHandler;
import eiponlaunch.findfreeeip.FindFreeEipInput;
import eiponlaunch.findinstanceswithouteip.FindInstancesWithoutEipHandler;
import eiponlaunch.findinstanceswithouteip.FindInstancesWithoutEipInput;
import eiponlaunch.json.TaskJson;
import eiponlaunch.simulator.template.ProjectFiles;
import eiponlaunch.simulator.template.SamTemplate;
import eiponlaunch.telemetry.Decisions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Reconcile for 5,000 instances in service, of which 300 have no address: the shipped handlers and clients, run by the shipped
 * definition, ask a server whose answers are as long as those of AWS. Time is virtual, so only the calls take any. Most of the 300
 * are in small groups, as each of them reads its whole group and its whole pool.
 */
class ReconcileOverTheWireIT {
    private static final int INSTANCES = 5000;
    private static final int WITHOUT = 300;
    private static final List<String> GROUPS = List.of("forward-proxy", "mail-proxy", "web-proxy");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TaskJson TASK_JSON = new TaskJson();

    private Fleet fleet;

    @BeforeEach
    void inService(@TempDir Path scratch) throws IOException, InterruptedException {
        fleet = new Fleet(scratch);
        fleet.add("forward-proxy", "ForwardProxy", 4500, 20);
        fleet.add("mail-proxy", "Partners", 250, 140);
        fleet.add("web-proxy", "Partners", 250, 140);
    }

    @AfterEach
    void close() {
        fleet.close();
    }

    @Test
    void threeHundredOfFiveThousandInstancesGetTheirAddressesAndNobodyLosesOne() throws IOException {
        var before = fleet.holders();
        assertThat(before.values()).filteredOn(String::isEmpty).hasSize(WITHOUT);

        var run = reconcile().run(Map.of("autoScalingGroupNames", GROUPS));

        assertThat(run.status()).as("%s", run.execution().cause()).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(run.output())
                .extracting("counts", MAP)
                .containsEntry("associated", WITHOUT)
                .containsEntry("alreadyHeld", INSTANCES - WITHOUT);
        assertThat(fleet.holders().values()).containsExactlyInAnyOrderElementsOf(fleet.instances());
        assertThat(fleet.holders()).containsAllEntriesOf(held(before));
        assertThat(fleet.calls("AssociateAddress")).isEqualTo(WITHOUT);
    }

    private static Map<String, String> held(Map<String, String> holders) {
        var held = new HashMap<>(holders);
        held.values().removeIf(String::isEmpty);
        return held;
    }

    private StateMachineTester reconcile() throws IOException {
        var files = ProjectFiles.find();
        var substitutions = new HashMap<>(SamTemplate.read(files.template(), Map.of("HookPoolTagKeys", "Application"))
                .definitionSubstitutions("Reconcile"));
        var ec2 = ShippedHandlers.ec2(fleet.url());
        var autoScaling = ShippedHandlers.autoScaling(fleet.url());
        return StateMachineTester.of(files.read("statemachine/reconcile.asl.json"), substitutions)
                .task("ListRuns", TaskBehaviour.succeeds(Map.of("Executions", List.of()))) // this one is not shown yet
                .task(
                        "FindInstancesWithoutEip",
                        invoked(
                                clock -> new FindInstancesWithoutEipHandler(autoScaling, ec2, clock, Decisions.NONE),
                                FindInstancesWithoutEipInput.class))
                .task(
                        "FindFreeEip",
                        invoked(clock -> new FindFreeEipHandler(ec2, autoScaling, clock), FindFreeEipInput.class))
                .task("AssociateEip", invoked(clock -> new AssociateEipHandler(ec2, clock), AssociateEipInput.class));
    }

    /** A function that takes 300 ms, with the serializer that Lambda's runtime finds. */
    private static <I, O> TaskBehaviour invoked(Function<Clock, RequestHandler<I, O>> handler, Class<I> input) {
        TaskBehaviour invoked = (arguments, completion, time) -> TaskBehaviour.runs(sent -> {
                    var payload = ((Map<?, ?>) sent).get("Payload");
                    var output =
                            handler.apply(time.clock()).handleRequest(TASK_JSON.fromJson(json(payload), input), null);
                    return Map.of("Payload", written(output));
                })
                .attempt(arguments, completion, time);
        return invoked.after(Duration.ofMillis(300));
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Object written(Object output) {
        var bytes = new ByteArrayOutputStream();
        TASK_JSON.toJson(output, bytes, output.getClass());
        try {
            return JSON.readValue(bytes.toByteArray(), Object.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
