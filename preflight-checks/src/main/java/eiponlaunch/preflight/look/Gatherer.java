package eiponlaunch.preflight.look;

import eiponlaunch.preflight.facts.Account;
import eiponlaunch.preflight.facts.Facts;
import eiponlaunch.preflight.facts.Pool;
import eiponlaunch.preflight.facts.Seen;
import eiponlaunch.preflight.facts.Settings;
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
     * @param pool the pool in place of that of the stack's parameters, if any
     */
    public Facts gather(String groupName, Optional<String> hookName, String stackName, Optional<Pool> pool) {
        var stack = new StackLook(clients.cloudFormation()).stack(stackName);
        var parameters = stack.then(found -> Seen.of(found.parameters())).orElse(Map.of());
        var settings = pool.map(Settings.of(parameters)::withPool).orElse(Settings.of(parameters));
        var groupLook = new GroupLook(clients.autoScaling(), account.region());
        var network = new NetworkLook(clients.ec2());
        var group = groupLook.group(groupName);
        var groupHooks = group.then(found -> groupLook.hooks(found.name()));
        var hooks = Facts.meant(groupHooks, hookName, settings);
        var addresses = network.addresses();
        var ruleLook = new RuleLook(clients.eventBridge(), account);
        var rule = stack.then(found -> found.resource("LaunchRule")).then(ruleLook::rule);
        return new Facts(
                groupName,
                hookName,
                settings,
                stack,
                group,
                groupHooks,
                addresses,
                group.then(network::subnets),
                settings.instanceTagKey().isEmpty() ? Seen.of(Map.of()) : group.then(network::launchTemplateTags),
                rule,
                rule.then(found -> group.then(of ->
                        hooks.then(these -> Seen.each(these, hook -> ruleLook.matches(found, of, hook.name()))))),
                stack.then(found ->
                        new FunctionLook(clients.lambda()).timeouts(found, "AssociateEip", "CompleteLifecycle")),
                stack.then(found -> group.then(of -> new RoleLook(clients.iam(), account)
                        .permissions(
                                found,
                                Question.all(
                                        account,
                                        settings,
                                        of,
                                        Facts.pools(hooks, settings),
                                        addresses.orElse(List.of()))))));
    }
}
