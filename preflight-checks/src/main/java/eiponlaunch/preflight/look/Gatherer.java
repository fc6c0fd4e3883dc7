package eiponlaunch.preflight.look;

import eiponlaunch.preflight.facts.Account;
import eiponlaunch.preflight.facts.Facts;
import eiponlaunch.preflight.facts.Group;
import eiponlaunch.preflight.facts.Handling;
import eiponlaunch.preflight.facts.Hook;
import eiponlaunch.preflight.facts.Seen;
import eiponlaunch.preflight.facts.Settings;
import eiponlaunch.preflight.facts.Stack;
import eiponlaunch.preflight.facts.Target;
import eiponlaunch.preflight.facts.Transition;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks at everything that the checks judge. Every call reads; none changes anything. */
public final class Gatherer {
    private final Clients clients;
    private final Account account;

    private Gatherer(Clients clients) {
        this.clients = clients;
        this.account = new AccountLook(clients.sts(), clients.region().id()).account();
    }

    /**
     * A gatherer in the account and Region of the environment.
     *
     * @throws CannotLookException when nothing can be looked at
     */
    public static Gatherer ofTheEnvironment() {
        return new Gatherer(Clients.ofTheEnvironment());
    }

    public Account account() {
        return account;
    }

    /**
     * Looks.
     *
     * @param groupName the group
     * @param hookName the hook; none for those of the stack's parameters
     * @param stackName the stack
     * @param poolTags the pool in place of that of the stack's parameters, if any, written {@code Key=Value,Key=Value}
     */
    public Facts gather(String groupName, Optional<String> hookName, String stackName, Optional<String> poolTags) {
        var stack = new StackLook(clients.cloudFormation()).stack(stackName);
        var parameters = stack.then(found -> Seen.of(found.parameters())).orElse(Map.of());
        var settings = poolTags.map(Settings.of(parameters)::withPool).orElse(Settings.of(parameters));
        var target = new Target(groupName, hookName, settings);

        var groupLook = new GroupLook(clients.autoScaling(), account.region());
        var group = groupLook.group(groupName);
        var hooks = group.then(found -> groupLook.hooks(found.name()));
        var launchHooks = hooks.then(all -> target.hooks(Transition.LAUNCH, all));

        var network = new NetworkLook(clients.ec2());
        var subnets = group.then(network::subnets);
        var pools = network.addresses()
                .then(all -> Seen.of(target.pools(launchHooks.orElse(List.of()), all, subnets.orElse(List.of()))));

        var roles = new RoleLook(clients.iam(), account);
        return new Facts(
                target,
                stack,
                group,
                target.transitions().stream()
                        .map(transition -> handling(transition, target, stack, group, hooks))
                        .toList(),
                pools,
                subnets,
                settings.instanceTagKey().isEmpty() ? Seen.of(Map.of()) : group.then(network::launchTemplateTags),
                stack.then(found -> group.then(of ->
                        pools.then(which -> roles.permissions(found, Question.all(account, settings, of, which))))));
    }

    private Handling handling(
            Transition transition, Target target, Seen<Stack> stack, Seen<Group> group, Seen<List<Hook>> ofTheGroup) {
        var ruleLook = new RuleLook(clients.eventBridge(), account);
        var hooks = ofTheGroup.then(all -> target.hooks(transition, all));
        var rule = stack.then(found -> found.resource(transition.rule())).then(ruleLook::rule);
        var matches = rule.then(found -> group.then(of ->
                hooks.then(each -> Seen.each(each, hook -> ruleLook.matches(found, of, transition, hook.name())))));
        var functions = new FunctionLook(clients.lambda());
        return new Handling(
                transition,
                hooks,
                rule,
                matches,
                stack.then(found -> functions.timeouts(found, transition.lastFunctions())));
    }
}
