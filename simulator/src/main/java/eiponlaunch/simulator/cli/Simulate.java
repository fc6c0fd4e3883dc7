package eiponlaunch.simulator.cli;

import eiponlaunch.simulator.comparison.ComparisonTable;
import eiponlaunch.simulator.comparison.StrategyName;
import eiponlaunch.simulator.faults.FaultName;
import eiponlaunch.simulator.report.Recorder;
import eiponlaunch.simulator.report.Recording;
import eiponlaunch.simulator.run.Deployment;
import eiponlaunch.simulator.run.Prices;
import eiponlaunch.simulator.run.Simulation;
import eiponlaunch.simulator.run.SimulationResult;
import eiponlaunch.simulator.soak.Soak;
import eiponlaunch.simulator.soak.SoakResult;
import eiponlaunch.simulator.template.ProjectFiles;
import eiponlaunch.simulator.template.SamTemplate;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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
            "0:every execution ended as the rules require",
            "2:bad input; one line says what is wrong",
            "3:an invariant was broken",
            "4:the result could not be written"
        },
        footerHeading = "%nFaults:%n")
public final class Simulate implements Callable<Integer> {
    static final int BAD_INPUT = 2;
    static final int BROKEN_INVARIANT = 3;
    static final int NOT_WRITTEN = 4;

    @Spec
    private CommandSpec spec;

    @Mixin
    private RunOptions run;

    @Mixin
    private OutputOptions output;

    @Option(
            names = "--strategy",
            paramLabel = "NAME",
            description = "What answers the events: ${COMPLETION-CANDIDATES}. Default: workflow")
    private StrategyName strategy;

    @Option(
            names = "--compare",
            description = "Run every strategy on the same settings and seed, and print the results side by side.")
    private boolean compare;

    @Option(
            names = "--soak",
            paramLabel = "N",
            description = "Run N launches with faults in batches that differ in everything the seed can change.")
    private Long soak;

    @Option(
            names = "--month",
            paramLabel = "N",
            description =
                    "Print what a month with N launches like this one costs, with alarms, metrics, logs and traces.")
    private Long month;

    public static void main(String[] args) {
        // UTF-8 whatever the locale: a terminal that cannot show × shows it as something, not as a question mark
        System.exit(commandLine()
                .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8))
                .execute(args));
    }

    static CommandLine commandLine() {
        var commandLine = new CommandLine(new Simulate())
                .setExecutionStrategy(Simulate::written)
                .setParameterExceptionHandler((e, args) -> badInput(e.getCommandLine(), e.getMessage()))
                .setExecutionExceptionHandler((e, command, result) -> {
                    badInput(command, e.getMessage());
                    return e instanceof NotWrittenException ? NOT_WRITTEN : BAD_INPUT;
                });
        commandLine
                .getCommandSpec()
                .usageMessage()
                .footer(Stream.of(FaultName.values())
                        .map(fault -> "  %-26s%s".formatted(fault, fault.description()))
                        .toArray(String[]::new));
        return commandLine;
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
        try {
            return judge();
        } catch (StackOverflowError | OutOfMemoryError e) { // which would end in a trace otherwise
            throw new IllegalStateException("too much for this machine: " + e, e);
        }
    }

    /** Also of the help: what nobody can read is not done. */
    private static int written(CommandLine.ParseResult arguments) {
        var exit = new CommandLine.RunLast().execute(arguments);
        var commandLine = arguments.commandSpec().commandLine();
        if (commandLine.getOut().checkError()) {
            badInput(commandLine, "the output could not be written");
            return NOT_WRITTEN;
        }
        return exit;
    }

    private int judge() throws IOException {
        run.check();
        run.require(
                !compare || strategy == null, "--strategy", strategy, "without --compare, which runs every strategy");
        output.check();
        if (month != null) {
            return month();
        }
        if (run.isRefresh()) {
            return refresh();
        }
        return soak == null ? runOnce() : soak();
    }

    private int runOnce() throws IOException {
        var results = new LinkedHashMap<String, SimulationResult>();
        var recordings = new ArrayList<Recording>();
        for (var name : strategies()) {
            var settings = run.settings();
            var simulation = new Simulation(settings, name, Prices.published());
            var recorder = output.hasReport() ? Recorder.watch(simulation) : null;
            results.put(name.toString(), run(simulation));
            if (recorder != null) {
                recordings.add(recorder.recording(name.toString(), settings, results.get(name.toString())));
            }
        }
        // Rules that another strategy broke are part of what a comparison shows; they do not fail it.
        var judged = results.values().iterator().next();
        print(results, judged);
        output.write(compare ? results : judged, recordings);
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
        if (run.isOneLaunch() && !compare) {
            simulation.listenToExecutions(timeline);
        }
        var result = progress().of(simulation);
        timeline.print(out());
        return result;
    }

    private Progress progress() {
        return new Progress(out(), spec.commandLine().getErr());
    }

    private int refresh() throws IOException {
        var simulation = new Simulation(run.settings());
        var result = progress().of(simulation);
        run.unmatched().forEach(out()::println);
        var refreshed = simulation.refreshed().orElseThrow();
        var sufficient = new SufficientPool(run, progress());
        Summary.print(refreshed, sufficient.size(() -> out().println("interrupted: " + simulation.tally())), out());
        result.violations().forEach(violation -> out().println("violated: " + violation));
        output.write(result, List.of());
        return result.violations().isEmpty() ? 0 : BROKEN_INVARIANT;
    }

    private void print(Map<String, SimulationResult> results, SimulationResult judged) throws IOException {
        if (compare) {
            new ComparisonTable(List.copyOf(results.values()), out()).print();
        } else {
            run.unmatched().forEach(out()::println);
            Summary.print(judged, out());
            judged.violations().forEach(violation -> out().println("violated: " + violation));
        }
        if (!judged.violations().isEmpty()) {
            out().println("replay with --seed " + run.seed());
            if (!run.isOneLaunch()) {
                printTimelineOf(judged.violations().get(0));
            }
        }
    }

    /** Runs once more, which gives the same run, to show the launch that broke an invariant. */
    private void printTimelineOf(String violation) throws IOException {
        var simulation =
                new Simulation(run.settings(), strategy == null ? StrategyName.WORKFLOW : strategy, Prices.published());
        var timeline = Timeline.of(violation, simulation.firstEvent());
        simulation.listenToExecutions(timeline);
        simulation.run();
        timeline.print(out());
    }

    private int month() throws IOException {
        run.require(month >= 0 && month <= 100_000_000, "--month", month, "from 0 to 100000000");
        run.require(
                !compare && strategy == null && soak == null, "--month", month, "without another strategy or --soak");
        run.require(!output.hasReport(), "--month", month, "without --html");
        var settings = run.settings();
        var template = SamTemplate.read(settings.files().template(), settings.parameters());
        var result = progress().of(new Simulation(settings));
        new MonthTable(template, result, month, out()).print();
        output.write(result, List.of());
        return result.violations().isEmpty() ? 0 : BROKEN_INVARIANT;
    }

    private int soak() throws IOException {
        run.require(soak >= 1 && soak <= 10_000_000, "--soak", soak, "from 1 to 10000000");
        run.require(!compare && strategy == null, "--soak", soak, "without --compare and --strategy");
        run.require(!output.hasReport(), "--soak", soak, "without --html");
        var progress = progress();
        var bar = progress.bar(soak);
        var soaking = new Soak(
                ProjectFiles.find(), run.events().get(0), Deployment.SHIPPED, run.profile(), run.faults("all"));
        var interruption = progress.onInterruption(bar, () -> {
            out().println("interrupted");
            Summary.print(soaking.soFar(), out());
        });
        SoakResult result;
        try {
            result = soaking.run(soak, run.seed(), bar::add);
        } finally {
            interruption.close();
        }
        Summary.print(result, out());
        output.write(result, List.of());
        return result.broken().isEmpty() ? 0 : BROKEN_INVARIANT;
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
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
