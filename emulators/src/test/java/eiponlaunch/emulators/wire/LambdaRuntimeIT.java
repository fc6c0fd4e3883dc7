package eiponlaunch.emulators.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import eiponlaunch.associateeip.AssociateEipHandler;
import eiponlaunch.completelifecycle.CompleteLifecycleHandler;
import eiponlaunch.emulators.Endpoints;
import eiponlaunch.emulators.Events;
import eiponlaunch.emulators.Pool;
import eiponlaunch.findfreeeip.FindFreeEipHandler;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Each function in AWS's Java runtime, invoked over HTTP with its file of {@code events/}. */
class LambdaRuntimeIT {
    private static final Map<String, String> ENDPOINTS = Map.of(
            "AWS_ENDPOINT_URL_EC2", Endpoints.moto().toString(),
            "AWS_ENDPOINT_URL_AUTO_SCALING", Endpoints.ministack().toString());

    private final Pool moto = new Pool(Endpoints.moto());

    @Test
    void findFreeEipAnswersItsEvent() {
        var pool = "pool-" + UUID.randomUUID();
        var address = moto.allocate(Map.of("Application", pool));
        var input = findFreeEipNow(pool);
        var instance = moto.runInstance();
        ((ObjectNode) input.at("/event/detail")).put("EC2InstanceId", instance);

        try (var function = new RuntimeEmulator(FindFreeEipHandler.class, ENDPOINTS)) {
            var output = function.invoke(input.toString());

            assertThat(output.path("outcome").asText()).isEqualTo("Found");
            assertThat(output.path("instanceId").asText()).isEqualTo(instance);
            assertThat(output.path("pool").asText()).isEqualTo("Application=" + pool);
            assertThat(output.at("/eip/allocationId").asText()).isEqualTo(address);
            assertThat(output.at("/eip/publicIp").asText()).isNotEmpty();
            assertThat(Instant.parse(output.path("deadline").asText()))
                    .isEqualTo(Instant.parse(input.at("/event/time").asText()).plusSeconds(600));
        }
    }

    /** The definition reads {@code $found.eip}: a missing field would be a States.QueryEvaluationError. */
    @Test
    void findFreeEipWritesTheAddressThatItDidNotFindAsNull() {
        var input = findFreeEipNow("pool-" + UUID.randomUUID());

        try (var function = new RuntimeEmulator(FindFreeEipHandler.class, ENDPOINTS)) {
            var output = function.invoke(input.toString());

            assertThat(output.path("outcome").asText()).isEqualTo("PoolEmpty");
            assertThat(output.has("eip")).isTrue();
            assertThat(output.get("eip").isNull()).isTrue();
        }
    }

    @Test
    void associateEipAnswersItsEvent() {
        var instance = moto.runInstance();
        var address = moto.allocate(Map.of("Application", "pool-" + UUID.randomUUID()));
        var input = Events.read("associate-eip.json").put("instanceId", instance);
        ((ObjectNode) input.get("eip")).put("allocationId", address);

        try (var function = new RuntimeEmulator(AssociateEipHandler.class, ENDPOINTS)) {
            assertThat(function.invoke(input.toString()).path("outcome").asText())
                    .isEqualTo("Associated");
        }
        assertThat(moto.holders()).containsEntry(address, instance);
    }

    @Test
    void completeLifecycleAnswersItsEvent() {
        try (var function = new RuntimeEmulator(CompleteLifecycleHandler.class, ENDPOINTS)) {
            var output = function.invoke(Events.text("complete-lifecycle.json"));

            assertThat(output.path("outcome").asText()).isEqualTo("Completed");
            assertThat(output.path("result").asText()).isEqualTo("CONTINUE");
            assertThat(output.at("/action/token").asText()).isEqualTo("87654321-4321-4321-4321-210987654321");
        }
    }

    /** ErrorEquals in the definition holds this very text. */
    @Test
    void failureArrivesByItsFullyQualifiedName() {
        var input = Events.read("find-free-eip.json");
        Events.detail((ObjectNode) input.get("event")).remove("EC2InstanceId");

        try (var function = new RuntimeEmulator(FindFreeEipHandler.class, ENDPOINTS)) {
            var error = function.invoke(input.toString());

            assertThat(error.path("errorType").asText()).isEqualTo("eiponlaunch.failure.MalformedEventException");
            assertThat(error.path("errorMessage").asText()).contains("detail.EC2InstanceId");
        }
    }

    /**
     * What a record refuses while the input is read, the runtime wraps: the state machine sees none of our names then, so
     * what an event may get wrong has to be checked by the handlers.
     */
    @Test
    void inputRefusedByTheSerializerArrivesAsTheRuntimesOwnException() {
        try (var function = new RuntimeEmulator(AssociateEipHandler.class, ENDPOINTS)) {
            var error = function.invoke("{\"instanceId\": \"i-0123456789abcdef0\"}");

            assertThat(error.path("errorType").asText()).isEqualTo("java.lang.RuntimeException");
        }
    }

    /** The file's input, as if its event were sent now: EC2 is asked about the minutes since. */
    private static ObjectNode findFreeEipNow(String pool) {
        var input = Events.read("find-free-eip.json");
        ((ObjectNode) input.get("pools")).put("tags", "Application=" + pool);
        input.set("event", Events.sentNow("launch.json"));
        return input;
    }
}
