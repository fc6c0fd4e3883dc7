package eiponlaunch.emulators;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.HistoryEventType;

/** Starts executions on a Step Functions engine and tells how they ended. */
public final class Executions {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final SfnClient sfn;

    public Executions(URI endpoint) {
        sfn = Endpoints.client(SfnClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder()), endpoint);
    }

    /**
     * @param output null when the execution failed
     * @param states the states entered, in order
     * @param failedTasks how many attempts of tasks failed, retried or not
     */
    public record Ended(
            ExecutionStatus status,
            JsonNode output,
            String error,
            String cause,
            List<String> states,
            long failedTasks) {}

    public SfnClient sfn() {
        return sfn;
    }

    public Ended run(String stateMachineArn, JsonNode input) {
        return await(sfn.startExecution(
                        request -> request.stateMachineArn(stateMachineArn).input(input.toString()))
                .executionArn());
    }

    public Ended await(String executionArn) {
        var until = Instant.now().plus(LIMIT);
        var execution = describe(executionArn);
        while (execution.status() == ExecutionStatus.RUNNING) {
            if (Instant.now().isAfter(until)) {
                throw new AssertionError(executionArn + " still runs after " + LIMIT + ": " + states(executionArn));
            }
            pause();
            execution = describe(executionArn);
        }
        var failed = history(executionArn).stream()
                .filter(event -> event.type() == HistoryEventType.TASK_FAILED)
                .count();
        return new Ended(
                execution.status(),
                execution.status() == ExecutionStatus.SUCCEEDED ? Events.json(execution.output()) : null,
                execution.error(),
                execution.cause(),
                states(executionArn),
                failed);
    }

    /** The executions of a state machine so far. */
    public List<String> of(String stateMachineArn) {
        return sfn.listExecutionsPaginator(request -> request.stateMachineArn(stateMachineArn)).executions().stream()
                .map(ExecutionListItem::executionArn)
                .toList();
    }

    /** Waits until something else has started an execution besides those known, and for its end. */
    public Ended awaitStarted(String stateMachineArn, List<String> known) {
        var until = Instant.now().plus(LIMIT);
        while (Instant.now().isBefore(until)) {
            var started = of(stateMachineArn).stream()
                    .filter(arn -> !known.contains(arn))
                    .findFirst();
            if (started.isPresent()) {
                return await(started.get());
            }
            pause();
        }
        throw new AssertionError("nothing has started " + stateMachineArn + " for " + LIMIT);
    }

    private DescribeExecutionResponse describe(String executionArn) {
        return sfn.describeExecution(request -> request.executionArn(executionArn));
    }

    private List<String> states(String executionArn) {
        return history(executionArn).stream()
                .filter(event -> event.stateEnteredEventDetails() != null)
                .map(event -> event.stateEnteredEventDetails().name())
                .toList();
    }

    public List<HistoryEvent> history(String executionArn) {
        return sfn
                .getExecutionHistoryPaginator(
                        request -> request.executionArn(executionArn).maxResults(1000))
                .events()
                .stream()
                .toList();
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
