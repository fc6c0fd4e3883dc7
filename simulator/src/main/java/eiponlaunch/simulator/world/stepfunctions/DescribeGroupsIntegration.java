package eiponlaunch.simulator.world.stepfunctions;

import asl.execution.TaskCompletion;
import asl.execution.TaskIntegration;
import asl.execution.TaskRequest;
import asl.time.VirtualTime;
import eiponlaunch.simulator.world.api.Fields;
import eiponlaunch.simulator.world.api.SimulatedApi;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.Instance;

/**
 * The task with which Step Functions itself calls DescribeAutoScalingGroups, in the last release's Retrofit. Of the result it gives the groups' names and
 * their instances' IDs and states. An error is named after the class of the AWS SDK for Java, so what the API does not
 * model, throttling included, is an AutoScaling.AutoScalingException.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html">Using AWS SDK service
 *     integrations in Step Functions</a>
 */
public final class DescribeGroupsIntegration implements TaskIntegration {
    public static final String RESOURCE = "arn:aws:states:::aws-sdk:autoscaling:describeAutoScalingGroups";

    private static final String ERROR_PREFIX = "AutoScaling.";

    private final VirtualTime time;
    private final SimulatedApi api;
    private final AutoScalingClient autoScaling;

    public DescribeGroupsIntegration(VirtualTime time, SimulatedApi api, AutoScalingClient autoScaling) {
        this.time = time;
        this.api = api;
        this.autoScaling = autoScaling;
    }

    @Override
    public void start(TaskRequest request, TaskCompletion completion) {
        api.begin(request);
        Runnable answer;
        try {
            var result = describe(request.arguments());
            answer = () -> completion.succeed(result);
        } catch (AwsServiceException e) {
            answer = () -> completion.fail(name(e), cause(e));
        } catch (SdkException e) {
            answer = () -> completion.fail(ERROR_PREFIX + "SdkClientException", e.getMessage());
        }
        time.after(api.takeElapsed(), answer);
    }

    private Object describe(Object arguments) {
        var names = arguments instanceof Map<?, ?> fields && fields.get("AutoScalingGroupNames") instanceof List<?> list
                ? list.stream().map(Object::toString).toList()
                : List.<String>of();
        var groups = autoScaling.describeAutoScalingGroups(request -> request.autoScalingGroupNames(names));
        return Fields.of(
                "AutoScalingGroups",
                groups.autoScalingGroups().stream()
                        .map(DescribeGroupsIntegration::json)
                        .toList());
    }

    private static Object json(AutoScalingGroup group) {
        return Fields.of(
                "AutoScalingGroupName",
                group.autoScalingGroupName(),
                "Instances",
                group.instances().stream().map(DescribeGroupsIntegration::json).toList());
    }

    private static Object json(Instance instance) {
        return Fields.of("InstanceId", instance.instanceId(), "LifecycleState", instance.lifecycleStateAsString());
    }

    private static String name(AwsServiceException e) {
        return ERROR_PREFIX + e.getClass().getSimpleName();
    }

    private static String cause(AwsServiceException e) {
        return e.awsErrorDetails().errorMessage() + " (Service: AutoScaling, Status Code: " + e.statusCode() + ")";
    }
}
