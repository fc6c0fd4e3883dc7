package eiponlaunch.preflight.check;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import eiponlaunch.preflight.facts.Facts;
import eiponlaunch.preflight.facts.Fix;
import eiponlaunch.preflight.facts.Group;
import eiponlaunch.preflight.facts.LaunchData;
import eiponlaunch.preflight.facts.Shell;
import eiponlaunch.preflight.facts.Status;
import java.util.List;
import java.util.Optional;

/** When the stack serves only instances with a tag, the group's instances have it. */
final class InstancesTagged extends Check {
    /** The tag that Auto Scaling itself gives to each instance. */
    private static final String GROUP_NAME = "aws:autoscaling:groupName";

    @Override
    public List<Finding> judge(Facts facts) {
        var key = facts.settings().instanceTagKey();
        if (key.isEmpty()) {
            return List.of(ok("instances need no tag"));
        }
        return on(facts.group(), group -> {
            var fromGroup = fromGroup(group, key);
            return fromGroup.isPresent()
                    ? List.of(judge(facts, fromGroup, ""))
                    : on(facts.launches(), launches -> judge(facts, launches));
        });
    }

    private static Optional<String> fromGroup(Group group, String key) {
        return key.equals(GROUP_NAME)
                ? Optional.of(group.name())
                : Optional.ofNullable(group.tags().get(key));
    }

    /** One ok stands for all. */
    private List<Finding> judge(Facts facts, List<LaunchData> launches) {
        var judged = launches.stream()
                .map(launch -> judge(
                        facts,
                        Optional.ofNullable(launch.tags().get(facts.settings().instanceTagKey())),
                        " from " + launch.described()))
                .distinct()
                .toList();
        var failed =
                judged.stream().filter(finding -> finding.status() != Status.ok).toList();
        return failed.isEmpty() ? judged : failed;
    }

    private Finding judge(Facts facts, Optional<String> value, String from) {
        var settings = facts.settings();
        var needed = settings.instanceTagKey() + "=" + settings.instanceTagValue();
        if (value.filter(settings.instanceTagValue()::equals).isPresent()) {
            return ok("instances get the tag " + needed);
        }
        return failed(
                "AssociateEip may serve only instances with the tag " + needed + ", but those of " + facts.groupName()
                        + " get " + value.map(other -> "the value " + other).orElse("no such tag") + from,
                settings.instanceTagKey().equals(GROUP_NAME)
                        ? Fix.of("set the stack's parameter InstanceTagValue=" + facts.groupName())
                        : Fix.run("tag the group", tagGroup(facts)));
    }

    private static String tagGroup(Facts facts) {
        var tags = JsonNodeFactory.instance.arrayNode();
        tags.addObject()
                .put("ResourceId", facts.groupName())
                .put("ResourceType", "auto-scaling-group")
                .put("Key", facts.settings().instanceTagKey())
                .put("Value", facts.settings().instanceTagValue())
                .put("PropagateAtLaunch", true);
        return "aws autoscaling create-or-update-tags --tags " + Shell.quote(tags);
    }
}
