package eiponlaunch.simulator.world.stepfunctions;

import asl.execution.Execution;
import asl.execution.TaskCompletion;
import asl.execution.TaskIntegration;
import asl.execution.TaskRequest;
import asl.time.VirtualTime;
import eiponlaunch.simulator.world.api.Fields;
import eiponlaunch.simulator.world.api.SimulatedApi;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The task with which Step Functions calls its own ListExecutions, for those of a state machine. The list is eventually
 * consistent, and the last started come first.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListExecutions.html">ListExecutions</a>
 */
public final class ListExecutionsIntegration implements TaskIntegration {
    public static final String RESOURCE = "arn:aws:states:::aws-sdk:sfn:listExecutions";

    private static final SimulatedApi.Refusal REFUSAL = new SimulatedApi.Refusal() {
        @Override
        public SdkException of(String code, int status, String message) {
            return AwsServiceException.builder()
                    .statusCode(status)
                    .awsErrorDetails(AwsErrorDetails.builder()
                            .errorCode(code)
                            .errorMessage(message)
                            .build())
                    .writableStackTrace(false)
                    .build();
        }

        @Override
        public SdkException throttled() {
            return of("ThrottlingException", 400, "Rate exceeded");
        }
    };

    private final VirtualTime time;
    private final SimulatedApi api;
    private final Supplier<Collection<Execution>> executions;

    public ListExecutionsIntegration(VirtualTime time, SimulatedApi api, Supplier<Collection<Execution>> executions) {
        this.time = time;
        this.api = api;
        this.executions = executions;
    }

    @Override
    public void start(TaskRequest request, TaskCompletion completion) {
        api.begin(request);
        Runnable answer;
        try {
            var arguments = (Map<?, ?>) request.arguments();
            var listed = api.call("ListExecutions", REFUSAL, () -> listed(arguments, api.readTime()));
            answer = () -> completion.succeed(Fields.of("Executions", listed));
        } catch (SdkException e) {
            answer = () -> completion.fail("Sfn.SfnException", e.getMessage());
        }
        time.after(api.takeElapsed(), answer);
    }

    private List<Map<String, Object>> listed(Map<?, ?> arguments, Instant readTime) {
        return executions.get().stream()
                .filter(execution -> execution.stateMachineArn().equals(arguments.get("StateMachineArn")))
                .filter(execution -> !execution.start().isAfter(readTime))
                .sorted(Comparator.comparing(Execution::start).reversed())
                .limit(((Number) arguments.get("MaxResults")).longValue())
                .map(execution -> json(execution, readTime))
                .toList();
    }

    private static Map<String, Object> json(Execution execution, Instant readTime) {
        var json = Fields.of(
                "ExecutionArn", execution.arn(),
                "Name", execution.name(),
                "StateMachineArn", execution.stateMachineArn(),
                "StartDate", execution.start().toString(),
                "Status", "RUNNING");
        execution.stop().filter(stop -> !stop.isAfter(readTime)).ifPresent(stop -> {
            json.put("Status", execution.status().name());
            json.put("StopDate", stop.toString());
        });
        return json;
    }
}
