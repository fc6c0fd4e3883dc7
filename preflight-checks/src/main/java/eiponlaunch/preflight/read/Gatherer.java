package eiponlaunch.preflight.read;

import eiponlaunch.model.EipPool;
import eiponlaunch.preflight.facts.Account;
import eiponlaunch.preflight.facts.Facts;
import eiponlaunch.preflight.facts.Group;
import eiponlaunch.preflight.facts.Handling;
import eiponlaunch.preflight.facts.Holding;
import eiponlaunch.preflight.facts.Hook;
import eiponlaunch.preflight.facts.Lookup;
import eiponlaunch.preflight.facts.Settings;
import eiponlaunch.preflight.facts.Stack;
import eiponlaunch.preflight.facts.Target;
import eiponlaunch.preflight.facts.Transition;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;

/** Looks at everything that the checks judge. Every call reads; none changes anything. */
public final class Gatherer {
    private final Clients clients;
    private final Account account;

    private Gatherer(Clients clients) {
        this.clients = clients;
        this.account = new AccountReader(
                        clients.sts(), clients.credentials(), clients.region().id())
                .account(
                        "no credentials: set AWS_PROFILE (and log in if the profile needs it), or AWS_ACCESS_KEY_ID and"
                                + " AWS_SECRET_ACCESS_KEY");
    }

    /**
     * A gatherer in an account and Region.
     *
     * @param region the Region; none for that of the environment or the profile
     * @param profile the profile; none for that of the environment
     * @throws CannotReadException when nothing can be looked at
     */
    public static Gatherer of(Optional<String> region, Optional<String> profile) {
        return new Gatherer(Clients.of(region, profile));
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
     * @param dryRunAs the profile as which EC2 is asked by dry runs, empty for the own credentials; none for no dry runs
     * @throws CannotReadException when that profile has no valid credentials
     */
    public Facts gather(
            String groupName,
            Optional<String> hookName,
            String stackName,
            Optional<String> poolTags,
            Optional<String> dryRunAs) {
        var dryRunner = dryRunAs.map(this::dryRunner);
        var stack = new StackReader(clients.cloudFormation()).stack(stackName);
        var parameters = stack.then(found -> Lookup.of(found.parameters())).orElse(Map.of());
        var settings = poolTags.map(Settings.of(parameters)::withPool).orElse(Settings.of(parameters));
        var target = new Target(groupName, hookName, settings);

        var groupReader = new GroupReader(clients.autoScaling(), account.region());
        var group = groupReader.group(groupName);
        var hooks = group.then(found -> groupReader.hooks(found.name()));
        var launchHooks = hooks.then(all -> target.hooks(Transition.LAUNCH, all));

        var network = new NetworkReader(clients.ec2());
        var subnets = group.then(network::subnets);
        var pools = network.addresses()
                .then(all -> Lookup.of(target.pools(launchHooks.orElse(List.of()), all, subnets.orElse(List.of()))));

        var roles = new RoleReader(clients.iam(), account);
        var questions = group.then(of -> pools.then(which -> Lookup.of(Question.all(account, settings, of, which))));
        var workflows = stack.then(found -> Question.ofWorkflows(account, settings, found));
        return new Facts(
                target,
                stack,
                group,
                group.then(groupReader::warmPool),
                target.transitions().stream()
                        .map(transition -> handling(transition, target, stack, group, hooks))
                        .toList(),
                pools,
                subnets,
                group.then(new LaunchReader(clients.ec2(), clients.autoScaling())::launches),
                stack.then(found -> questions.then(each -> workflows.then(more -> roles.permissions(
                        found, Stream.concat(each.stream(), more.stream()).toList())))),
                dryRunner.map(runner -> group.then(of ->
                        pools.then(which -> questions.then(each -> Lookup.of(runner.ask(each, stack, of, which)))))),
                settings.reconcileGroups().isEmpty()
                        ? Optional.empty()
                        : Optional.of(
                                stack.then(found -> new ScheduleReader(clients.scheduler(), clients.iam(), groupReader)
                                        .reconciling(found, settings.reconcileGroups()))));
    }

    /** The pool of the stack's parameters, or the one that is given, written {@code Key=Value,Key=Value}. */
    public EipPool pool(String stackName, Optional<String> poolTags) {
        var parameters = new StackReader(clients.cloudFormation())
                .stack(stackName)
                .then(found -> Lookup.of(found.parameters()))
                .orElse(Map.of());
        return poolTags.map(Settings.of(parameters)::withPool)
                .orElse(Settings.of(parameters))
                .pools()
                .ofTheStack();
    }

    /**
     * Who has the pool's addresses now.
     *
     * @throws CannotReadException when the addresses cannot be looked at
     */
    public List<Holding> holdings(EipPool pool) {
        var holdings = new HoldingReader(clients.ec2(), clients.autoScaling()).holdings(pool);
        if (holdings instanceof Lookup.Nothing<List<Holding>> nothing) {
            throw new CannotReadException(nothing.why());
        }
        return holdings.orElse(List.of());
    }

    private DryRunner dryRunner(String profile) {
        AwsCredentialsProvider credentials =
                profile.isEmpty() ? clients.credentials() : ProfileCredentialsProvider.create(profile);
        var caller = new AccountReader(
                        Clients.sts(clients.region(), credentials),
                        credentials,
                        clients.region().id())
                .account("no credentials of the profile " + profile);
        return new DryRunner(Clients.ec2ForDryRuns(clients.region(), credentials), caller);
    }

    private Handling handling(
            Transition transition,
            Target target,
            Lookup<Stack> stack,
            Lookup<Group> group,
            Lookup<List<Hook>> ofTheGroup) {
        var ruleReader = new RuleReader(clients.eventBridge(), account);
        var hooks = ofTheGroup.then(all -> target.hooks(transition, all));
        var rule =
                stack.then(found -> found.resource(transition.stack().rule())).then(ruleReader::rule);
        var matches = rule.then(found -> group.then(of ->
                hooks.then(each -> Lookup.each(each, hook -> ruleReader.matches(found, of, transition, hook.name())))));
        var others = rule.then(found -> group.then(of -> hooks.then(
                        each -> Lookup.each(each, hook -> ruleReader.others(found, of, transition, hook.name())))))
                .then(names -> Lookup.of(
                        names.stream().flatMap(List::stream).distinct().toList()));
        var functions = new FunctionReader(clients.lambda());
        return new Handling(
                transition,
                hooks,
                rule,
                matches,
                transition == Transition.LAUNCH ? others : Lookup.of(List.of()),
                stack.then(found -> functions.timeouts(found, transition.stack().lastFunctions())));
    }
}
