package eiponlaunch.preflight.facts;

import eiponlaunch.preflight.check.Finding.Status;
import java.util.List;

/** What a lifecycle hook may hold, and how the stack answers it. */
public enum Transition {
    LAUNCH(
            "launches",
            "autoscaling:EC2_INSTANCE_LAUNCHING",
            "EC2 Instance-launch Lifecycle Action",
            "EC2",
            "AutoScalingGroup",
            "ABANDON",
            "HookNames",
            "LaunchRule",
            "StartOnce",
            List.of("AssociateEip", "CompleteLifecycle"),
            Status.failed),
    /** Only with early release. */
    TERMINATION(
            "terminations",
            "autoscaling:EC2_INSTANCE_TERMINATING",
            "EC2 Instance-terminate Lifecycle Action",
            "AutoScalingGroup",
            "EC2",
            "CONTINUE",
            "TerminateHookNames",
            "TerminateRule",
            "EipOnTerminate",
            List.of("DisassociateEip", "CompleteLifecycle"),
            Status.warning); // one stack may serve groups with and without early release

    private final String noun;
    private final String lifecycleTransition;
    private final String detailType;
    private final String origin;
    private final String destination;
    private final String defaultResult;
    private final String parameter;
    private final String rule;
    private final String workflow;
    private final List<String> lastFunctions;
    private final Status withoutHook;

    Transition(
            String noun,
            String lifecycleTransition,
            String detailType,
            String origin,
            String destination,
            String defaultResult,
            String parameter,
            String rule,
            String workflow,
            List<String> lastFunctions,
            Status withoutHook) {
        this.noun = noun;
        this.lifecycleTransition = lifecycleTransition;
        this.detailType = detailType;
        this.origin = origin;
        this.destination = destination;
        this.defaultResult = defaultResult;
        this.parameter = parameter;
        this.rule = rule;
        this.workflow = workflow;
        this.lastFunctions = lastFunctions;
        this.withoutHook = withoutHook;
    }

    /** What the hook holds, for a reader. */
    public String noun() {
        return noun;
    }

    /** As Auto Scaling calls it. */
    public String lifecycleTransition() {
        return lifecycleTransition;
    }

    /** The {@code detail-type} of its event. */
    public String detailType() {
        return detailType;
    }

    /** Where its event says that the instance comes from. */
    public String origin() {
        return origin;
    }

    /** Where its event says that the instance goes to. */
    public String destination() {
        return destination;
    }

    /** The default result that a hook should have. */
    public String defaultResult() {
        return defaultResult;
    }

    /** The stack's parameter that names the hooks. */
    public String parameter() {
        return parameter;
    }

    /** The stack's rule, by its name in the template. */
    public String rule() {
        return rule;
    }

    /** The state machine that the rule starts, by its name in the template. */
    public String workflow() {
        return workflow;
    }

    /** The functions that may still run when the workflow tries no more, by their names in the template. */
    public List<String> lastFunctions() {
        return lastFunctions;
    }

    /** What it comes to when the group has no such hook. */
    public Status withoutHook() {
        return withoutHook;
    }
}
