package eiponlaunch.simulator.world.stepfunctions;

import asl.execution.StartExecutionIntegration;
import asl.execution.StepFunctions;
import asl.execution.TaskCompletion;
import asl.execution.TaskIntegration;
import asl.execution.TaskRequest;
import asl.time.Seed;
import asl.time.VirtualTime;
import eiponlaunch.simulator.faults.CallFault;
import eiponlaunch.simulator.world.api.Disturbance;
import eiponlaunch.simulator.world.api.SimulatedApi;
import java.time.Duration;
import java.util.SplittableRandom;

/**
 * StartExecution, as the task states:startExecution and EventBridge call it. Both take tokens of one bucket.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html">Step Functions service quotas</a>
 */
public final class Starts implements TaskIntegration {
    public static final String API = "StartExecution";

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final StepFunctions stepFunctions;
    private final VirtualTime time;
    private final SimulatedApi api;
    private final StartExecutionIntegration integration;
    private final SplittableRandom random;

    public Starts(StepFunctions stepFunctions, VirtualTime time, SimulatedApi api, Seed seed) {
        this.stepFunctions = stepFunctions;
        this.time = time;
        this.api = api;
        this.integration = new StartExecutionIntegration(stepFunctions, seed);
        this.random = seed.fork("deliveries").random();
    }

    /**
     * Starts an execution for an event. EventBridge tries again where Step Functions throttles it, with growing random pauses, of
     * which it tells no figures.
     *
     * @see <a href="https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html">How EventBridge retries
     *     delivering events</a>
     */
    public void deliver(String stateMachineArn, String name, Object event) {
        deliver(stateMachineArn, name, event, Duration.ofSeconds(1));
    }

    private void deliver(String stateMachineArn, String name, Object event, Duration pause) {
        if (api.grants(API)) {
            stepFunctions.startExecution(stateMachineArn, name, event);
            return;
        }
        var twice = pause.multipliedBy(2);
        var next = twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
        time.after(
                pause.plusNanos(random.nextLong(pause.toNanos())), () -> deliver(stateMachineArn, name, event, next));
    }

    /** The task, with the faults that a call to Step Functions may meet. */
    @Override
    public void start(TaskRequest request, TaskCompletion completion) {
        var fault = api.faults().onCall(API, time.now());
        if (fault.kind() == CallFault.Kind.NONE && !api.grants(API)) {
            fault = CallFault.refused("Throttling", 400, "Rate exceeded");
        }
        if (fault.kind() != CallFault.Kind.NONE) {
            api.disturbed(request, API, Disturbance.Kind.of(fault));
        }
        switch (fault.kind()) {
            case NONE -> integration.start(request, completion);
            case REFUSED -> completion.fail("StepFunctions." + fault.code() + "Exception", fault.message());
            case TIMEOUT_BEFORE_EFFECT -> completion.fail("StepFunctions.SdkClientException", "No answer.");
            case TIMEOUT_AFTER_EFFECT ->
                integration.start(request, new TaskCompletion() {
                    @Override
                    public void succeed(Object result) {
                        completion.fail("StepFunctions.SdkClientException", "No answer.");
                    }

                    @Override
                    public void fail(String error, String cause) {
                        completion.fail(error, cause);
                    }
                });
        }
    }
}
