package eiponlaunch.preflight.check;

import eiponlaunch.preflight.facts.Facts;
import eiponlaunch.preflight.facts.Fix;
import eiponlaunch.preflight.facts.Group;
import eiponlaunch.preflight.facts.Shell;
import java.util.List;

/**
 * The group is there and launches. Auto Scaling itself suspends processes of a group that has launched in vain for a day.
 *
 * @see <a href="https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-suspend-resume-processes.html">Suspend and resume
 *     processes</a>
 */
final class GroupExists extends Check {
    private static final String LAUNCH = "Launch";
    /** Without Launch it would go on to terminate, so some suspend both; others suspend it alone, to look at an instance. */
    private static final String REPLACE = "ReplaceUnhealthy";

    @Override
    public List<Finding> judge(Facts facts) {
        return on(facts.group(), group -> List.of(judge(group)));
    }

    private Finding judge(Group group) {
        var why = group.suspended().get(LAUNCH);
        return why == null
                ? ok(group.name() + ": desired capacity " + group.describe(group.desiredCapacity()) + ", maximum size "
                        + group.describe(group.maxSize()))
                : failed(
                        group.name() + ": the process " + LAUNCH + " is suspended, so it launches nothing"
                                + (why.isEmpty() ? "" : ": " + why),
                        Fix.run(
                                "solve what kept it from launching, and resume it"
                                        + (group.suspended().containsKey(REPLACE)
                                                ? "; and " + REPLACE + ", if you suspended it together with " + LAUNCH
                                                : ""),
                                "aws autoscaling resume-processes --auto-scaling-group-name "
                                        + Shell.quote(group.name()) + " --scaling-processes " + LAUNCH));
    }
}
