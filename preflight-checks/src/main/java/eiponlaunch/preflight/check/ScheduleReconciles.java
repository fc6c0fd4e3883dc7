package eiponlaunch.preflight.check;

import eiponlaunch.preflight.facts.Facts;
import eiponlaunch.preflight.facts.Fix;
import eiponlaunch.preflight.facts.Reconciling;
import eiponlaunch.preflight.facts.Shell;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * The schedule of ReconcileGroups is enabled and starts Reconcile by a role that it may use, and its groups are there and have
 * a hook of the stack's.
 *
 * @see <a href="https://docs.aws.amazon.com/scheduler/latest/APIReference/API_GetSchedule.html">GetSchedule</a>
 */
final class ScheduleReconciles extends Check {
    private static final String SCHEDULER = "scheduler.amazonaws.com";

    /** What FindInstancesWithoutEip takes. */
    private static final int MOST_GROUPS = 100;

    @Override
    public List<Finding> judge(Facts facts) {
        return facts.reconciling()
                .map(seen -> on(
                        facts.stack().then(stack -> stack.resource("Reconcile")),
                        arn -> on(seen, reconciling -> judge(facts, reconciling, arn))))
                .orElse(List.of());
    }

    private List<Finding> judge(Facts facts, Reconciling reconciling, String reconcile) {
        var wrong = new ArrayList<Finding>();
        var schedule = "the schedule " + reconciling.schedule();
        if (!reconciling.enabled()) {
            wrong.add(failed(schedule + " is disabled", Fix.run("deploy the stack again", "sam deploy")));
        }
        if (!reconcile.equals(reconciling.target())) {
            wrong.add(failed(
                    schedule + " does not start Reconcile, but " + reconciling.target(),
                    Fix.run("deploy the stack again", "sam deploy")));
        }
        if (!reconciling.roleTrusts().contains(SCHEDULER)) {
            wrong.add(failed(
                    schedule + " may not use its role, which trusts "
                            + (reconciling.roleTrusts().isEmpty()
                                    ? "no service"
                                    : String.join(" ", reconciling.roleTrusts())),
                    Fix.of("compare ReconcileScheduleRole with sam-template.yaml")));
        }
        var named = facts.settings().reconcileGroups().size();
        if (named > MOST_GROUPS) {
            wrong.add(failed(
                    "ReconcileGroups names " + named + " groups, and Reconcile takes at most " + MOST_GROUPS
                            + ", so every scheduled run fails with MalformedInput",
                    Fix.run(
                            "leave some out in samconfig.toml, and deploy; or deploy a second stack for them",
                            "sam deploy")));
        }
        if (!reconciling.missingGroups().isEmpty()) {
            wrong.add(failed(
                    "there is no group " + String.join(", ", reconciling.missingGroups())
                            + ", so every scheduled run fails with GroupNotFound",
                    Fix.run("correct ReconcileGroups in samconfig.toml, and deploy", "sam deploy")));
        }
        new TreeMap<>(reconciling.launchHooks()).forEach((group, hooks) -> {
            if (hooks.stream().noneMatch(facts.settings().hookNames()::contains)) {
                wrong.add(warning(
                        group + " has no hook "
                                + String.join(" or ", facts.settings().hookNames())
                                + ": its launches get no address before a scheduled run",
                        Fix.of("add the hook, as ./preflight --group " + Shell.quote(group) + " says")));
            }
        });
        return wrong.isEmpty()
                ? List.of(ok("enabled, starts Reconcile for "
                        + String.join(", ", facts.settings().reconcileGroups())))
                : wrong;
    }
}
