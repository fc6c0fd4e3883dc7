package eiponlaunch.simulator.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import eiponlaunch.simulator.report.Recorder;
import eiponlaunch.simulator.report.Recording;
import eiponlaunch.simulator.report.ReportPage;
import eiponlaunch.simulator.run.Prices;
import eiponlaunch.simulator.run.Simulation;
import eiponlaunch.simulator.run.SimulationResult;
import eiponlaunch.simulator.run.SimulationSettings;
import eiponlaunch.simulator.run.StrategyName;
import eiponlaunch.simulator.template.ProjectFiles;
import eiponlaunch.simulator.world.CloudSettings;
import eiponlaunch.simulator.world.Faults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./simulate}: runs the shipped definition with the shipped handlers against a simulated AWS, in virtual time. */
@Command(
        name = "simulate",
        description =
                "Runs launches through the state machines in statemachine/ with the handlers in lambdas/, against a"
                        + " simulated AWS, in virtual time.",
        mixinStandardHelpOptions = true,
        versionProvider = Simulate.Version.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every execution ended as the rules say",
            "2:bad input, told in one line",
            "3:an invariant was broken"
        })
public final class Simulate implements Callable<Integer> {
    static final int BAD_INPUT = 2;
    static final int BROKEN_INVARIANT = 3;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--event",
            paramLabel = "FILE",
            description =
                    "Launch event to deliver at its own time; may be given several times. Default: events/launch.json")
    private List<Path> events = new ArrayList<>();

    @Option(
            names = "--launches",
            paramLabel = "N",
            defaultValue = "1",
            description = "Launches within one second, after the model of the event. Default: ${DEFAULT-VALUE}")
    private int launches;

    @Option(
            names = "--pool",
            paramLabel = "N",
            defaultValue = "1",
            description = "Free addresses in the pool. Default: ${DEFAULT-VALUE}")
    private int pool;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Source of all chance: the same seed gives the same run. Default: ${DEFAULT-VALUE}")
    private long seed;

    @Option(
            names = "--deadline",
            paramLabel = "S",
            description = "Seconds after its event within which a launch may get an address. Default: the template's")
    private Integer deadline;

    @Option(
            names = "--strategy",
            paramLabel = "NAME",
            description = "What answers the events: ${COMPLETION-CANDIDATES}. Default: workflow")
    private StrategyName strategy;

    @Option(
            names = "--compare",
            description = "Run every strategy on the same settings and seed, and print the results side by side.")
    private boolean compare;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the result there.")
    private Path json;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Write a report there: plots, figures and the timeline of every execution, in one page.")
    private Path html;

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Simulate())
                .setParameterExceptionHandler((e, args) -> badInput(e.getCommandLine(), e.getMessage()))
                .setExecutionExceptionHandler((e, commandLine, result) -> badInput(commandLine, e.getMessage()));
    }

    private static int badInput(CommandLine commandLine, String message) {
        commandLine
                .getErr()
                .println("simulate: "
                        + String.valueOf(message).lines().findFirst().orElse("bad input"));
        return BAD_INPUT;
    }

    @Override
    public Integer call() throws IOException {
        require(!compare || strategy == null, "--strategy", strategy, "without --compare, which runs every strategy");
        var settings = settings();
        requireWritable("--json", json);
        requireWritable("--html", html);
        require(
                html == null || json == null || !Files.isSameFile(html, json),
                "--html",
                html,
                "a file other than --json's");
        var results = new LinkedHashMap<String, SimulationResult>();
        var recordings = new ArrayList<Recording>();
        for (var name : strategies()) {
            var simulation = new Simulation(settings, name, Prices.published());
            var recorder = html == null ? null : Recorder.watch(simulation);
            results.put(name.toString(), run(simulation));
            if (html != null) {
                recordings.add(recorder.recording(name.toString(), settings, results.get(name.toString())));
            }
        }
        // Rules that another strategy broke are part of what a comparison shows; they do not fail it.
        var judged = results.values().iterator().next();
        print(results, judged);
        if (json != null) {
            new ObjectMapper()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .writeValue(json.toFile(), compare ? results : judged);
        }
        if (html != null) {
            new ReportPage(recordings).write(html);
        }
        return judged.violations().isEmpty() ? 0 : BROKEN_INVARIANT;
    }

    private List<StrategyName> strategies() {
        if (compare) {
            return List.of(StrategyName.values());
        }
        return List.of(strategy == null ? StrategyName.WORKFLOW : strategy);
    }

    private SimulationResult run(Simulation simulation) {
        var timeline = new Timeline(simulation.firstEvent());
        if (launches == 1 && !compare) {
            simulation.observe(timeline);
        }
        var result = simulation.run();
        timeline.print(spec.commandLine().getOut());
        return result;
    }

    private void print(Map<String, SimulationResult> results, SimulationResult judged) {
        var out = spec.commandLine().getOut();
        if (compare) {
            new ComparisonTable(List.copyOf(results.values()), out).print();
        } else {
            Summary.print(judged, out);
            judged.violations().forEach(violation -> out.println("violated: " + violation));
        }
        if (!judged.violations().isEmpty()) {
            out.println("replay with --seed " + seed);
        }
    }

    private SimulationSettings settings() throws IOException {
        require(launches >= 1 && launches <= 100_000, "--launches", launches, "from 1 to 100000");
        require(pool >= 0 && pool <= 100_000, "--pool", pool, "from 0 to 100000");
        var files = ProjectFiles.find();
        var inputs = new ArrayList<Object>();
        for (var file : events.isEmpty() ? List.of(files.event("launch.json")) : events) {
            inputs.add(read(file));
        }
        if (launches > 1 && inputs.size() > 1) {
            throw new ParameterException(spec.commandLine(), "--launches: more than one launch takes one --event only");
        }
        return new SimulationSettings(
                files, inputs, launches, pool, seed, parameters(files), CloudSettings.documented(), Faults.NONE);
    }

    private Map<String, String> parameters(ProjectFiles files) {
        if (deadline == null) {
            return Map.of();
        }
        require(deadline >= 1 && deadline <= 7000, "--deadline", deadline, "from 1 to 7000 seconds");
        return Map.of("DeadlineSeconds", deadline.toString());
    }

    private Object read(Path file) {
        try {
            return ProjectFiles.json(file);
        } catch (IOException e) {
            throw new ParameterException(spec.commandLine(), "--event: " + file + " " + e.getMessage());
        }
    }

    /** Before the run, so that no run is lost to a bad file name. */
    private void requireWritable(String option, Path file) {
        if (file == null) {
            return;
        }
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)
                    .close();
        } catch (IOException e) {
            throw new ParameterException(spec.commandLine(), option + ": " + file + " cannot be written");
        }
    }

    private void require(boolean holds, String option, Object value, String allowed) {
        if (!holds) {
            throw new ParameterException(
                    spec.commandLine(), option + ": " + value + " is not allowed, only " + allowed);
        }
    }

    /** The version that the build wrote into the jar. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            var version = Simulate.class.getPackage().getImplementationVersion();
            return new String[] {"simulate " + (version == null ? "(not packaged)" : version)};
        }
    }
}
