package eiponlaunch.preflight.facts;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that was seen of an account. Nothing here asks AWS.
 *
 * @param groupName the group that was asked for
 * @param hookName the hook that was asked for; without one, those of the settings that the group has
 * @param settings the stack's settings, or the defaults without a stack
 * @param stack the stack
 * @param group the group
 * @param groupHooks every hook of the group
 * @param addresses every Elastic IP of the account and Region
 * @param subnets the group's subnets
 * @param launchTemplateTags the tags that the launch template gives to instances
 * @param rule the stack's rule
 * @param matches whether the rule matches the launch event of each hook
 * @param timeouts the timeouts in seconds of the functions that may still run when the deadline has come
 * @param permissions what the functions' roles allow
 */
public record Facts(
        String groupName,
        Optional<String> hookName,
        Settings settings,
        Seen<Stack> stack,
        Seen<Group> group,
        Seen<List<Hook>> groupHooks,
        Seen<List<Address>> addresses,
        Seen<List<Subnet>> subnets,
        Seen<Map<String, String>> launchTemplateTags,
        Seen<Rule> rule,
        Seen<List<Rule.Match>> matches,
        Seen<List<Integer>> timeouts,
        Seen<List<Permission>> permissions) {

    /** The hooks that are meant: the one asked for, or those of the settings that the group has. */
    public static Seen<List<Hook>> meant(Seen<List<Hook>> groupHooks, Optional<String> hookName, Settings settings) {
        var names = hookName.map(List::of).orElse(settings.hookNames());
        return groupHooks.then(hooks -> {
            var meant =
                    hooks.stream().filter(hook -> names.contains(hook.name())).toList();
            return meant.isEmpty()
                    ? Seen.missing(
                            "the group has no hook " + String.join(" or ", names),
                            "aws autoscaling put-lifecycle-hook, as README.md says under Deploy")
                    : Seen.of(meant);
        });
    }

    public Seen<List<Hook>> hooks() {
        return meant(groupHooks, hookName, settings);
    }

    /** The pools from which the hooks' launches take their address; that of the settings when no hook names another. */
    public List<Pool> pools() {
        return pools(hooks(), settings);
    }

    public static List<Pool> pools(Seen<List<Hook>> hooks, Settings settings) {
        var pools = hooks.orElse(List.of()).stream()
                .map(hook -> HookPool.of(hook, settings))
                .flatMap(hookPool -> hookPool.pool().stream())
                .distinct()
                .toList();
        return pools.isEmpty() ? List.of(settings.pool()) : pools;
    }
}
