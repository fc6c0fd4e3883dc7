package eiponlaunch.preflight.check;

import eiponlaunch.preflight.facts.Address;
import eiponlaunch.preflight.facts.DryRuns;
import eiponlaunch.preflight.facts.DryRuns.DryRun;
import eiponlaunch.preflight.facts.Facts;
import eiponlaunch.preflight.facts.Group;
import eiponlaunch.preflight.facts.Group.LaunchTemplate;
import eiponlaunch.preflight.facts.Group.MaintenancePolicy;
import eiponlaunch.preflight.facts.Group.Member;
import eiponlaunch.preflight.facts.Group.Units;
import eiponlaunch.preflight.facts.Group.WarmPool;
import eiponlaunch.preflight.facts.Handling;
import eiponlaunch.preflight.facts.Hook;
import eiponlaunch.preflight.facts.InternetWay;
import eiponlaunch.preflight.facts.InternetWay.Route;
import eiponlaunch.preflight.facts.LaunchData;
import eiponlaunch.preflight.facts.LaunchData.Kind;
import eiponlaunch.preflight.facts.Lookup;
import eiponlaunch.preflight.facts.Permission;
import eiponlaunch.preflight.facts.Reconciling;
import eiponlaunch.preflight.facts.Rule;
import eiponlaunch.preflight.facts.Settings;
import eiponlaunch.preflight.facts.Stack;
import eiponlaunch.preflight.facts.Status;
import eiponlaunch.preflight.facts.Subnet;
import eiponlaunch.preflight.facts.Target;
import eiponlaunch.preflight.facts.Transition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** An account where all is well; a test changes one thing of it. */
public final class Sample {
    static final InternetWay GATEWAY = InternetWay.of(List.of(new Route("0.0.0.0/0", "igw-1")));
    static final String HOOK = "associate-eip";
    static final String TERMINATE_HOOK = "disassociate-eip";
    static final String EIP_ON_TERMINATE = "arn:aws:states:eu-west-1:123456789012:stateMachine:EipOnTerminate";
    static final String OPERATOR = "arn:aws:iam::123456789012:user/operator";
    static final String RECONCILE = "arn:aws:states:eu-west-1:123456789012:stateMachine:Reconcile";
    static final String START_ONCE = "arn:aws:states:eu-west-1:123456789012:stateMachine:StartOnce";

    String stackStatus = "CREATE_COMPLETE";
    Map<String, String> parameters = new HashMap<>();
    Map<String, String> resources =
            new HashMap<>(Map.of("StartOnce", START_ONCE, "EipOnTerminate", EIP_ON_TERMINATE, "Reconcile", RECONCILE));
    Lookup<Stack> stack;
    Lookup<Group> group;
    Optional<String> hookName = Optional.empty();
    int maxSize = 3;
    int desiredCapacity = 0;
    Optional<Units> units = Optional.empty();
    Map<String, String> suspended = Map.of();
    List<Member> members = new ArrayList<>();
    Optional<MaintenancePolicy> maintenance = Optional.empty();
    Optional<WarmPool> warmPool = Optional.empty();
    Lookup<List<Member>> warmMembers = Lookup.of(List.of());
    Map<String, String> groupTags = Map.of();
    boolean retains = false;
    Lookup<List<LaunchData>> launches = launchedWith(template(1, Map.of(), null));
    List<Hook> hooks = new ArrayList<>(List.of(hook(HOOK, 720, null)));
    List<Hook> terminateHooks = new ArrayList<>(List.of(terminateHook(TERMINATE_HOOK, 300, null)));
    List<Address> addresses = new ArrayList<>(
            IntStream.range(0, 6).mapToObj(i -> address("eipalloc-" + i)).toList());
    List<Subnet> subnets = new ArrayList<>(List.of(
            new Subnet("subnet-a", "eu-west-1a", Optional.of("eu-west-1"), false, GATEWAY),
            new Subnet("subnet-b", "eu-west-1b", Optional.of("eu-west-1"), false, GATEWAY)));
    Rule rule = new Rule("LaunchRule", true, "{}", List.of(START_ONCE));
    Rule terminateRule = new Rule("TerminateRule", true, "{}", List.of(EIP_ON_TERMINATE));
    List<Rule.Match> matches = List.of(new Rule.Match(HOOK, true));
    Lookup<List<String>> otherRules = Lookup.of(List.of());
    List<Rule.Match> terminateMatches = List.of(new Rule.Match(TERMINATE_HOOK, true));
    Lookup<List<Integer>> timeouts = Lookup.of(List.of(10, 10));
    List<Permission> permissions =
            new ArrayList<>(List.of(new Permission("FindFreeEip", "ec2:DescribeAddresses", "*", "allowed")));

    Optional<Lookup<DryRuns>> dryRuns = Optional.of(Lookup.of(new DryRuns(
            OPERATOR, Optional.empty(), List.of(new DryRun("FindFreeEip", "ec2:DescribeAddresses", Lookup.of(true))))));

    Optional<Lookup<Reconciling>> reconciling = Optional.empty();

    static Lookup<List<LaunchData>> launchedWith(LaunchData... launches) {
        return Lookup.of(List.of(launches));
    }

    /** A version of the launch template that gives instances these tags, and an automatic public address, or leaves that open. */
    static LaunchData template(int version, Map<String, String> tags, Boolean publicAddress) {
        return new LaunchData(
                Kind.TEMPLATE, "proxy (version " + version + ")", tags, Optional.ofNullable(publicAddress), false);
    }

    static LaunchData configuration(Boolean publicAddress) {
        return new LaunchData(Kind.CONFIGURATION, "old-proxy", Map.of(), Optional.ofNullable(publicAddress), false);
    }

    static Hook hook(String name, int heartbeatSeconds, String metadata) {
        return new Hook(
                name, "autoscaling:EC2_INSTANCE_LAUNCHING", "ABANDON", heartbeatSeconds, Optional.ofNullable(metadata));
    }

    static Hook terminateHook(String name, int heartbeatSeconds, String metadata) {
        return new Hook(
                name,
                "autoscaling:EC2_INSTANCE_TERMINATING",
                "CONTINUE",
                heartbeatSeconds,
                Optional.ofNullable(metadata));
    }

    /** Terminations are answered, too. */
    Sample withEarlyRelease() {
        parameters.put("TerminateHookNames", TERMINATE_HOOK);
        return this;
    }

    /** Addresses are chosen by tags, and a schedule starts Reconcile. */
    public Sample withTagsAndSchedule() {
        parameters.putAll(
                Map.of("EipZoneTagKey", "Zone", "EipOrderTagKey", "Order", "ReconcileGroups", "forward-proxy"));
        addresses.replaceAll(
                address -> address(address.allocationId(), Map.of("Application", "ForwardProxy", "Order", "1")));
        reconciling = Optional.of(Lookup.of(new Reconciling(
                "schedule",
                true,
                RECONCILE,
                List.of("scheduler.amazonaws.com"),
                List.of(),
                Map.of("forward-proxy", List.of(HOOK)))));
        return this;
    }

    static Address address(String id) {
        return address(id, Map.of("Application", "ForwardProxy"));
    }

    static Address address(String id, Map<String, String> tags) {
        return new Address(
                id,
                "203.0.113.1",
                tags,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("eu-west-1"));
    }

    static Address heldBy(String instanceId, Address address) {
        return new Address(
                address.allocationId(),
                address.publicIp(),
                address.tags(),
                Optional.of("eipassoc-1"),
                Optional.ofNullable(instanceId),
                address.serviceManaged(),
                address.borderGroup());
    }

    static Address managedBy(String service, Address address) {
        return new Address(
                address.allocationId(),
                address.publicIp(),
                address.tags(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(service),
                address.borderGroup());
    }

    static Address withoutPublicIp(String id) {
        var address = address(id);
        return new Address(
                id, null, address.tags(), Optional.empty(), Optional.empty(), Optional.empty(), address.borderGroup());
    }

    static Address in(String borderGroup, Address address) {
        return new Address(
                address.allocationId(),
                address.publicIp(),
                address.tags(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.ofNullable(borderGroup));
    }

    /** All that a check judges. */
    public Facts facts() {
        var seenGroup = group != null ? group : Lookup.of(group());
        var target = new Target("forward-proxy", hookName, Settings.of(parameters));
        var launchHooks = seenGroup.then(found -> target.hooks(Transition.LAUNCH, all()));
        return new Facts(
                target,
                stack != null ? stack : Lookup.of(new Stack("eip-on-launch", stackStatus, parameters, resources)),
                seenGroup,
                seenGroup.then(found -> warmMembers),
                target.transitions().stream()
                        .map(transition -> new Handling(
                                transition,
                                seenGroup.then(found -> target.hooks(transition, all())),
                                Lookup.of(transition == Transition.LAUNCH ? rule : terminateRule),
                                Lookup.of(transition == Transition.LAUNCH ? matches : terminateMatches),
                                transition == Transition.LAUNCH ? otherRules : Lookup.of(List.of()),
                                timeouts))
                        .toList(),
                Lookup.of(target.pools(launchHooks.orElse(List.of()), addresses, subnets)),
                Lookup.of(subnets),
                launches,
                Lookup.of(permissions),
                dryRuns,
                reconciling);
    }

    private List<Hook> all() {
        return Stream.concat(hooks.stream(), terminateHooks.stream()).toList();
    }

    private Group group() {
        return new Group(
                "forward-proxy",
                "arn:aws:autoscaling:eu-west-1:123456789012:autoScalingGroup:1:autoScalingGroupName/forward-proxy",
                maxSize,
                desiredCapacity,
                units,
                suspended,
                members,
                subnets.stream().map(Subnet::id).toList(),
                maintenance,
                warmPool,
                groupTags,
                List.of(new LaunchTemplate(Optional.of("lt-1"), Optional.of("proxy"), "$Latest")),
                Optional.empty(),
                retains);
    }

    static Member member(String instanceId, String lifecycleState) {
        return new Member(instanceId, lifecycleState, Optional.empty());
    }

    static Member member(String instanceId, String lifecycleState, int weight) {
        return new Member(instanceId, lifecycleState, Optional.of(weight));
    }

    /** The only finding of the check. */
    Finding judgedBy(Check check) {
        var findings = check.judge(facts());
        if (findings.size() != 1) {
            throw new AssertionError("not one finding but " + findings);
        }
        return findings.get(0);
    }

    /** What the check makes of terminations, when it makes one finding of launches before. */
    Finding terminationsJudgedBy(HandlingCheck check) {
        var findings = check.judge(facts());
        if (findings.size() != 2 || findings.get(0).status() != Status.ok) {
            throw new AssertionError("not an ok and another finding but " + findings);
        }
        return findings.get(1);
    }
}
