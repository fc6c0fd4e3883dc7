package eiponlaunch.simulator.comparison;

import eiponlaunch.aws.AwsFailures;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Address;
import software.amazon.awssdk.services.ec2.model.Filter;

/**
 * The loop that this project replaces, rewritten: it looks for free addresses, tries them in the order in which EC2 lists
 * them, takes every failure for a reason to try the next, and begins again half a minute later. It sends CONTINUE when an
 * association has succeeded and never ABANDON; it does not ask whether the instance has an address already.
 */
public final class LoopHandler implements Handler {
    private final Ec2Client ec2;
    private final AutoScalingClient autoScaling;
    private final Boto3 boto3;
    private final List<Filter> filters;
    private final Duration pause;

    public LoopHandler(
            Ec2Client ec2, AutoScalingClient autoScaling, Boto3 boto3, Map<String, String> poolTags, Duration pause) {
        this.ec2 = ec2;
        this.autoScaling = autoScaling;
        this.boto3 = boto3;
        this.filters = poolTags.entrySet().stream()
                .map(tag -> Filter.builder()
                        .name("tag:" + tag.getKey())
                        .values(tag.getValue())
                        .build())
                .toList();
        this.pause = pause;
    }

    private record Action(String group, String hook, String token, String instanceId) {
        /** Null when the event lacks one of them. */
        static Action of(Object event) {
            var detail = event instanceof Map<?, ?> fields && fields.get("detail") instanceof Map<?, ?> map
                    ? map
                    : Map.<Object, Object>of();
            var names = List.of("AutoScalingGroupName", "LifecycleHookName", "LifecycleActionToken", "EC2InstanceId");
            if (!detail.keySet().containsAll(names)) {
                return null;
            }
            var values =
                    names.stream().map(name -> String.valueOf(detail.get(name))).toList();
            return new Action(values.get(0), values.get(1), values.get(2), values.get(3));
        }
    }

    @Override
    public void handle(Object event, Invocation invocation) {
        var action = Action.of(event);
        if (action == null) {
            invocation.fail("KeyError");
        } else {
            round(action, invocation);
        }
    }

    private void round(Action action, Invocation invocation) {
        boto3.call(
                invocation,
                () -> ec2.describeAddresses(request -> request.filters(filters)),
                answer -> tryNext(free(answer.addresses()), 0, action, invocation),
                e -> roundLater(action, invocation));
    }

    private void roundLater(Action action, Invocation invocation) {
        invocation.after(pause, () -> round(action, invocation));
    }

    private static List<String> free(List<Address> addresses) {
        return addresses.stream()
                .filter(address -> address.associationId() == null && address.instanceId() == null)
                .map(Address::allocationId)
                .toList();
    }

    private void tryNext(List<String> free, int index, Action action, Invocation invocation) {
        if (index == free.size()) {
            roundLater(action, invocation);
            return;
        }
        boto3.call(
                invocation,
                () -> ec2.associateAddress(request -> request.allocationId(free.get(index))
                        .instanceId(action.instanceId())
                        .allowReassociation(false)),
                answer -> complete(action, invocation),
                e -> tryNext(free, index + 1, action, invocation));
    }

    private void complete(Action action, Invocation invocation) {
        boto3.call(
                invocation,
                () -> autoScaling.completeLifecycleAction(request -> request.autoScalingGroupName(action.group())
                        .lifecycleHookName(action.hook())
                        .lifecycleActionToken(action.token())
                        .lifecycleActionResult("CONTINUE")),
                answer -> invocation.succeed(),
                e -> invocation.fail(error(e)));
    }

    /** What botocore would raise: an error named for the code, or none when there was no answer. */
    private static String error(SdkException e) {
        var code = AwsFailures.code(e);
        return code.isEmpty() ? "ReadTimeoutError" : code;
    }
}
