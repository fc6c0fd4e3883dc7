package eiponlaunch.preflight.facts;

import java.util.List;

/** What a lifecycle hook may hold, and how the stack answers it. */
public enum Transition {
    LAUNCH(
            new HookSide(
                    "launches",
                    "autoscaling:EC2_INSTANCE_LAUNCHING",
                    "EC2 Instance-launch Lifecycle Action",
                    "EC2",
                    "AutoScalingGroup",
                    "ABANDON"),
            new StackSide(
                    "HookNames",
                    "LaunchRule",
                    "StartOnce",
                    List.of("AssociateEip", "CompleteLifecycle"),
                    Status.failed)),
    /** Only with early release; one stack may serve groups with and without it. */
    TERMINATION(
            new HookSide(
                    "terminations",
                    "autoscaling:EC2_INSTANCE_TERMINATING",
                    "EC2 Instance-terminate Lifecycle Action",
                    "AutoScalingGroup",
                    "EC2",
                    "CONTINUE"),
            new StackSide(
                    "TerminateHookNames",
                    "TerminateRule",
                    "EipOnTerminate",
                    List.of("DisassociateEip", "CompleteLifecycle"),
                    Status.warning));

    /**
     * What Auto Scaling says of it.
     *
     * @param noun what the hook holds, for a reader
     * @param lifecycleTransition as Auto Scaling calls it
     * @param detailType the {@code detail-type} of its event
     * @param origin where its event says that the instance comes from
     * @param destination where its event says that the instance goes to
     * @param defaultResult the default result that a hook should have
     */
    public record HookSide(
            String noun,
            String lifecycleTransition,
            String detailType,
            String origin,
            String destination,
            String defaultResult) {}

    /**
     * What the stack has for it.
     *
     * @param parameter the parameter that names the hooks
     * @param rule the rule, by its name in the template
     * @param workflow the state machine that the rule starts, by its name in the template
     * @param lastFunctions the functions that may still run when the workflow tries no more, by their names in the template
     * @param withoutHook what it comes to when the group has no such hook
     */
    public record StackSide(
            String parameter, String rule, String workflow, List<String> lastFunctions, Status withoutHook) {}

    private final HookSide hook;
    private final StackSide stack;

    Transition(HookSide hook, StackSide stack) {
        this.hook = hook;
        this.stack = stack;
    }

    public HookSide hook() {
        return hook;
    }

    public StackSide stack() {
        return stack;
    }
}
