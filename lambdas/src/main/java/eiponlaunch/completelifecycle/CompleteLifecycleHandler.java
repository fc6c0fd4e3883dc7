package eiponlaunch.completelifecycle;

import static java.util.Objects.requireNonNull;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import eiponlaunch.aws.AwsClients;
import eiponlaunch.aws.AwsFailures;
import eiponlaunch.completelifecycle.CompleteLifecycleInput.Result;
import eiponlaunch.completelifecycle.CompleteLifecycleOutput.Outcome;
import eiponlaunch.model.LifecycleAction;
import eiponlaunch.model.ServedHooks;
import eiponlaunch.telemetry.Decision;
import eiponlaunch.telemetry.DecisionLog;
import eiponlaunch.telemetry.Decisions;
import eiponlaunch.telemetry.Metric;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;

/**
 * Completes a lifecycle action, of a launch or a termination, with CONTINUE or ABANDON.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_CompleteLifecycleAction.html">CompleteLifecycleAction</a>
 */
public final class CompleteLifecycleHandler implements RequestHandler<CompleteLifecycleInput, CompleteLifecycleOutput> {
    private final AutoScalingClient autoScaling;
    private final Decisions decisions;

    /** Called by the Lambda runtime. */
    public CompleteLifecycleHandler() {
        this(AwsClients.autoScaling(), DecisionLog.toLog());
    }

    public CompleteLifecycleHandler(AutoScalingClient autoScaling) {
        this(autoScaling, Decisions.NONE);
    }

    public CompleteLifecycleHandler(AutoScalingClient autoScaling, Decisions decisions) {
        this.autoScaling = requireNonNull(autoScaling, "autoScaling is null");
        this.decisions = requireNonNull(decisions, "decisions is null");
    }

    @Override
    public CompleteLifecycleOutput handleRequest(CompleteLifecycleInput input, Context context) {
        var action = LifecycleAction.of(input.event());
        new ServedHooks(input.hookNames()).require(action);
        try {
            autoScaling.completeLifecycleAction(request -> request.autoScalingGroupName(action.autoScalingGroupName())
                    .lifecycleHookName(action.lifecycleHookName())
                    .lifecycleActionToken(action.token())
                    .instanceId(action.instanceId())
                    .lifecycleActionResult(input.result().name()));
            return output(Outcome.Completed, input, action);
        } catch (SdkException e) {
            if (AwsFailures.isNoActiveAction(e)) {
                return output(Outcome.NoActiveAction, input, action);
            }
            throw AwsFailures.typed(
                    e,
                    "CompleteLifecycleAction " + input.result() + " for " + action.instanceId() + " of group "
                            + action.autoScalingGroupName());
        }
    }

    private CompleteLifecycleOutput output(Outcome outcome, CompleteLifecycleInput input, LifecycleAction action) {
        var result = input.result();
        var abandoned = outcome == Outcome.Completed && result == Result.ABANDON;
        decisions.report(new Decision(
                outcome == Outcome.Completed ? result.name() : outcome.name(),
                action,
                input.pool(),
                null,
                abandoned ? Map.of(Metric.LaunchAbandoned, 1) : Map.of()));
        return new CompleteLifecycleOutput(outcome, result, action);
    }
}
