package eiponlaunch.preflight.check;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import eiponlaunch.preflight.facts.Facts;
import eiponlaunch.preflight.facts.Fix;
import eiponlaunch.preflight.facts.Group;
import eiponlaunch.preflight.facts.Shell;
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
                    ? List.of(judge(facts, fromGroup))
                    : on(
                            facts.launchTemplate(),
                            template -> List.of(judge(
                                    facts, Optional.ofNullable(template.tags().get(key)))));
        });
    }

    private static Optional<String> fromGroup(Group group, String key) {
        return key.equals(GROUP_NAME)
                ? Optional.of(group.name())
                : Optional.ofNullable(group.tags().get(key));
    }

    private Finding judge(Facts facts, Optional<String> value) {
        var settings = facts.settings();
        var needed = settings.instanceTagKey() + "=" + settings.instanceTagValue();
        if (value.filter(settings.instanceTagValue()::equals).isPresent()) {
            return ok("instances get the tag " + needed);
        }
        return failed(
                "AssociateEip may serve only instances with the tag " + needed + ", but those of " + facts.groupName()
                        + " get " + value.map(other -> "the value " + other).orElse("no such tag"),
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
