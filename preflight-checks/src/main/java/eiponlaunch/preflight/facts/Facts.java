package eiponlaunch.preflight.facts;

import java.util.List;
import java.util.Map;

/**
 * All that was seen of an account.
 *
 * @param target what was looked at
 * @param stack the stack
 * @param group the group
 * @param hooks the hooks that are meant
 * @param pools the pools that they choose
 * @param subnets the group's subnets
 * @param launchTemplateTags the tags that the launch template gives to instances
 * @param rule the stack's rule
 * @param matches whether the rule matches the launch event of each hook
 * @param timeouts the timeouts in seconds of the functions that may still run when the deadline has come
 * @param permissions what the functions' roles allow
 */
public record Facts(
        Target target,
        Seen<Stack> stack,
        Seen<Group> group,
        Seen<List<Hook>> hooks,
        Seen<List<PoolAddresses>> pools,
        Seen<List<Subnet>> subnets,
        Seen<Map<String, String>> launchTemplateTags,
        Seen<Rule> rule,
        Seen<List<Rule.Match>> matches,
        Seen<List<Integer>> timeouts,
        Seen<List<Permission>> permissions) {
    public String groupName() {
        return target.groupName();
    }

    public Settings settings() {
        return target.settings();
    }
}
