package eiponlaunch.preflight.facts;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What is looked at.
 *
 * @param groupName the group
 * @param hookName the hook; without one, those of the settings that the group has
 * @param settings the stack's settings, or the defaults without a stack
 */
public record Target(String groupName, Optional<String> hookName, Settings settings) {
    /** The hooks that are meant, among all of the group. */
    public Seen<List<Hook>> hooks(List<Hook> ofTheGroup) {
        var names = hookName.map(List::of).orElse(settings.hookNames());
        var meant =
                ofTheGroup.stream().filter(hook -> names.contains(hook.name())).toList();
        return meant.isEmpty()
                ? Seen.missing(
                        "the group has no hook " + String.join(" or ", names),
                        "aws autoscaling put-lifecycle-hook --auto-scaling-group-name " + groupName
                                + " --lifecycle-hook-name " + names.get(0)
                                + " --lifecycle-transition autoscaling:EC2_INSTANCE_LAUNCHING --default-result ABANDON"
                                + " --heartbeat-timeout " + settings.heartbeatSeconds())
                : Seen.of(meant);
    }

    /** The pools that these hooks choose; the stack's own when none of them chooses. */
    public List<PoolAddresses> pools(List<Hook> hooks, List<Address> addresses, List<Subnet> subnets) {
        var borderGroups = subnets.stream()
                .flatMap(subnet -> subnet.borderGroup().stream())
                .collect(Collectors.toUnmodifiableSet());
        var chosen = hooks.stream()
                .flatMap(hook -> HookPool.of(hook, settings.pools()).pool().stream())
                .distinct()
                .toList();
        return (chosen.isEmpty() ? List.of(settings.pools().ofTheStack()) : chosen)
                .stream()
                        .map(pool -> new PoolAddresses(pool, addresses, borderGroups))
                        .toList();
    }
}
