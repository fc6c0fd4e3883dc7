package eiponlaunch.simulator.cli;

import asl.time.Seed;
import eiponlaunch.simulator.faults.FaultName;
import eiponlaunch.simulator.faults.SeededFaults;
import eiponlaunch.simulator.run.SimulationSettings;
import eiponlaunch.simulator.template.ProjectFiles;
import eiponlaunch.simulator.template.SamTemplate;
import eiponlaunch.simulator.world.api.CloudSettings;
import eiponlaunch.simulator.world.api.Profile;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The options that say what is run. */
final class RunOptions {
    private static final Pattern TIME = Pattern.compile("(\\d{1,6})([smh])");

    private static final Map<String, List<String>> EXCLUDED = excluded();

    private static final Map<String, String> NEEDED =
            Map.of("--shared-pool", "--groups", "--healthy", "--refresh", "--pause", "--refresh");

    @Spec(Target.MIXEE)
    private CommandSpec spec;

    @Mixin
    private EventOptions events;

    @Mixin
    private RefreshOptions refresh;

    @Option(
            names = "--launches",
            paramLabel = "N",
            defaultValue = "1",
            description = "Launches after the model of the event. Default: ${DEFAULT-VALUE}")
    private int launches;

    @Option(
            names = "--terminate",
            paramLabel = "N",
            defaultValue = "0",
            description = "Instances in service with an address of the first pool each, which terminate when the first"
                    + " launch begins. Default: ${DEFAULT-VALUE}")
    private int terminations;

    @Option(
            names = "--early-release",
            description = "Deploy with a terminating hook, so that addresses come back early")
    private boolean earlyRelease;

    @Option(
            names = "--over",
            paramLabel = "TIME",
            defaultValue = "1s",
            description = "Time over which the launches are spread, such as 30s or 40m. Default: ${DEFAULT-VALUE}")
    private String over;

    @Option(
            names = "--groups",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "Groups that they belong to in turn, each with its own stack and pool. Default: ${DEFAULT-VALUE}")
    private int groups;

    @Option(names = "--shared-pool", description = "One stack and one pool for all groups")
    private boolean sharedPool;

    @Option(
            names = "--zones",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "Availability Zones that instances belong to in turn, and with --parameter EipZoneTagKey=KEY addresses"
                            + " too; up to 3. Default: ${DEFAULT-VALUE}")
    private int zones;

    @Option(
            names = "--mixed",
            description = "Launches that differ as in a soak: hooks with pools of their own, warm pools, Local Zones,"
                    + " pending instances, several interfaces, others' addresses, and runs of Reconcile")
    private boolean mixed;

    @Option(
            names = "--pool",
            paramLabel = "N",
            defaultValue = "1",
            description = "Addresses in each pool. Default: ${DEFAULT-VALUE}")
    private int pool;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Where all chance comes from: the same seed gives the same run. Default: ${DEFAULT-VALUE}")
    private long seed;

    @Option(
            names = "--deadline",
            paramLabel = "S",
            description = "Seconds after its event within which a launch may get an address. Default: the template's")
    private Integer deadline;

    @Option(
            names = "--parameter",
            paramLabel = "KEY=VALUE",
            description = "A parameter of the template, checked as CloudFormation does; may be given several times")
    private Map<String, String> parameters = Map.of();

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            defaultValue = "documented",
            description =
                    "What AWS is like: documented, raised, busy, new-account, stale, large-payload, slow-completion,"
                            + " small-region or worst. Default: ${DEFAULT-VALUE}")
    private String profile;

    @Option(names = "--termination", paramLabel = "TIME", description = "Time that a termination takes. Default: 30s")
    private String termination;

    @Option(
            names = "--faults",
            paramLabel = "NAMES",
            description = "What goes wrong at times: all, none, or names separated by commas, which are listed below."
                    + " Default: none; with --soak, all")
    private String faults;

    long seed() {
        return seed;
    }

    boolean isOneLaunch() {
        return launches == 1 && !refresh.isGiven();
    }

    boolean isRefresh() {
        return refresh.isGiven();
    }

    /** Options that say the same thing twice, or of which one would be ignored. */
    void check() {
        var given = spec.commandLine().getParseResult();
        EXCLUDED.forEach((option, others) -> {
            if (given.hasMatchedOption(option)) {
                for (var other : others) {
                    require(!given.hasMatchedOption(other), other, "beside " + option, "without it");
                }
            }
        });
        NEEDED.forEach((option, other) -> require(
                !given.hasMatchedOption(option) || given.hasMatchedOption(other), option, "alone", "with " + other));
    }

    /** New ones each time: random faults continue where they stopped, so two runs must not share them. */
    SimulationSettings settings() throws IOException {
        require(launches >= 1 && launches <= 100_000, "--launches", launches, "from 1 to 100000");
        require(pool >= 0 && pool <= 100_000, "--pool", pool, "from 0 to 100000");
        require(groups >= 1 && groups <= 1000, "--groups", groups, "from 1 to 1000");
        require((long) groups * pool <= 130_000, "--groups", groups, "with pools of 130000 addresses in all");
        require(zones >= 1 && zones <= 3 && (zones == 1 || !mixed), "--zones", zones, "from 1 to 3, with --mixed 1");
        require(terminations >= 0 && terminations <= pool, "--terminate", terminations, "from 0 to the pool's size");
        var inputs = events.matched(SamTemplate.read(ProjectFiles.find().template(), parameters()), this);
        require(groups <= launches, "--groups", groups, "from 1 to the number of launches");
        require(launches == 1 || inputs.size() == 1, "--launches", launches, "1 with more than one --event");
        var settings = SimulationSettings.of(ProjectFiles.find(), inputs)
                .launches(launches)
                .terminations(terminations)
                .over(time("--over", over))
                .groups(groups)
                .sharedPool(sharedPool)
                .zones(zones)
                .mixed(mixed)
                .pool(pool)
                .seed(seed)
                .cloud(cloud())
                .parameters(parameters())
                .faults(new SeededFaults(faults("none"), new Seed(seed)))
                .poolsOfHooks(true);
        if (refresh.isGiven()) {
            settings.refresh(refresh.settings(this, pool));
        }
        return settings.build();
    }

    List<Map<?, ?>> events() {
        return events.read(this);
    }

    /** Why no rule matches some events of the last settings, one line for each. */
    List<String> unmatched() {
        return events.unmatched();
    }

    /** @param usual the value of --faults when it is not given */
    Set<FaultName> faults(String usual) {
        try {
            return FaultName.parse(faults == null ? usual : faults);
        } catch (IllegalArgumentException e) {
            throw bad("--faults: " + e.getMessage());
        }
    }

    Profile profile() {
        try {
            return Profile.named(profile);
        } catch (IllegalArgumentException e) {
            throw bad("--profile: " + e.getMessage());
        }
    }

    private CloudSettings cloud() {
        var cloud = profile().cloud();
        return termination == null ? cloud : cloud.withTermination(time("--termination", termination));
    }

    Duration time(String option, String time) {
        require(TIME.matcher(time).matches(), option, time, "a number followed by s, m or h");
        return Duration.parse("PT" + time.toUpperCase(Locale.ROOT));
    }

    private Map<String, String> parameters() throws IOException {
        try {
            SamTemplate.check(ProjectFiles.find().template(), this.parameters);
        } catch (IllegalArgumentException e) {
            throw bad("--parameter: " + e.getMessage());
        }
        var parameters = new HashMap<>(this.parameters);
        if (deadline != null) {
            require(deadline >= 1 && deadline <= 7000, "--deadline", deadline, "from 1 to 7000 seconds");
            parameters.put("DeadlineSeconds", deadline.toString());
        }
        if (earlyRelease) {
            parameters.put("TerminateHookNames", "disassociate-eip");
        }
        return parameters;
    }

    void require(boolean holds, String option, Object value, String allowed) {
        if (!holds) {
            throw bad(option + ": " + ("".equals(value) ? "\"\"" : value) + " is not allowed, only " + allowed);
        }
    }

    ParameterException bad(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private static Map<String, List<String>> excluded() {
        var ofLaunches = List.of(
                "--launches",
                "--terminate",
                "--over",
                "--groups",
                "--shared-pool",
                "--zones",
                "--mixed",
                "--compare",
                "--strategy",
                "--month",
                "--html");
        var excluded = new LinkedHashMap<String, List<String>>();
        excluded.put(
                "--soak",
                Stream.concat(
                                ofLaunches.stream(),
                                Stream.of("--early-release", "--pool", "--deadline", "--parameter", "--refresh"))
                        .toList());
        excluded.put("--refresh", ofLaunches);
        return excluded;
    }
}
