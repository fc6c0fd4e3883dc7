package eiponlaunch.preflight;

import eiponlaunch.failure.MalformedEventException;
import eiponlaunch.model.EipPool;
import eiponlaunch.preflight.facts.Status;
import eiponlaunch.preflight.read.CannotReadException;
import eiponlaunch.preflight.read.Gatherer;
import eiponlaunch.preflight.report.AddressReport;
import eiponlaunch.preflight.report.JsonReport;
import eiponlaunch.preflight.report.Report;
import eiponlaunch.preflight.report.TableReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./preflight}: checks in a real account whether a group's launches will get their Elastic IP. Changes nothing. */
@Command(
        name = "preflight",
        description = {
            "Checks whether the launches of an Auto Scaling group will get their Elastic IP. Only reads.",
            "Uses the credentials, profile, Region and endpoints that every AWS tool uses: AWS_PROFILE, AWS_REGION, …",
            "A Region or profile in samconfig.toml takes precedence, as with sam deploy."
        },
        mixinStandardHelpOptions = true,
        exitCodeOnExecutionException = Preflight.COULD_NOT_LOOK,
        versionProvider = Preflight.Version.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:everything was checked and nothing failed; there may be warnings",
            "1:a check failed",
            "2:wrong usage; one line says what is wrong",
            "3:nothing failed, but something, or everything, could not be checked (no credentials, no Region, no"
                    + " answer)",
            "4:the result could not be written"
        })
public final class Preflight implements Callable<Integer> {
    static final int FAILED = 1;
    static final int WRONG_USAGE = 2;
    static final int COULD_NOT_LOOK = 3;
    static final int NOT_WRITTEN = 4;

    @Spec
    private CommandSpec spec;

    @Option(names = "--group", paramLabel = "NAME", description = "The Auto Scaling group.")
    private String group;

    @Option(
            names = "--hook",
            paramLabel = "NAME",
            description = "The launch lifecycle hook. Default: those of the stack's HookNames that the group has")
    private String hook;

    @Option(
            names = "--stack",
            paramLabel = "NAME",
            description = "The deployed stack. Default: stack_name in samconfig.toml, as sam deploy finds it")
    private String stack;

    @Option(
            names = "--config-env",
            paramLabel = "NAME",
            description = "The environment in samconfig.toml, as of sam deploy. Default: ${DEFAULT-VALUE}")
    private String environment = SamConfig.DEFAULT_ENVIRONMENT;

    @Option(names = "--region", paramLabel = "NAME", description = "The Region. Default: as sam deploy finds it")
    private String region;

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            description = "The profile with the credentials. Default: as sam deploy finds it")
    private String profile;

    @Option(
            names = "--tag",
            paramLabel = "KEY=VALUE",
            description = "A tag of the pool; may be given more than once. Default: those of the stack's parameters")
    private Map<String, String> tags = Map.of();

    @Option(
            names = "--dry-run",
            paramLabel = "PROFILE",
            arity = "0..1",
            fallbackValue = "",
            description =
                    "Also ask EC2 by dry runs, which change nothing, whether it would accept the functions' calls:"
                            + " with the credentials of the profile, or your own")
    private String dryRun;

    @Option(
            names = "--addresses",
            description = "Print the pool's addresses and who has them now, in place of the checks. Needs no --group.")
    private boolean addresses;

    @Option(names = "--json", description = "Print JSON in place of the table.")
    private boolean json;

    public static void main(String[] args) {
        System.exit(commandLine()
                .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
                .execute(args));
    }

    /** The command as {@code main} runs it. */
    public static CommandLine commandLine() {
        return new CommandLine(new Preflight())
                .setExecutionStrategy(Preflight::written)
                .setParameterExceptionHandler((e, args) -> oneLine(e.getCommandLine(), e.getMessage(), WRONG_USAGE))
                .setExecutionExceptionHandler((e, commandLine, result) -> {
                    var message =
                            e instanceof CannotReadException ? e.getMessage() : "a defect of preflight itself: " + e;
                    return oneLine(commandLine, message, COULD_NOT_LOOK);
                });
    }

    /** For the help, too: output that nobody can read counts as not written. */
    private static int written(CommandLine.ParseResult arguments) {
        var exit = new CommandLine.RunLast().execute(arguments);
        var commandLine = arguments.commandSpec().commandLine();
        return commandLine.getOut().checkError()
                ? oneLine(commandLine, "the output could not be written", NOT_WRITTEN)
                : exit;
    }

    private static int oneLine(CommandLine commandLine, String message, int exitCode) {
        commandLine
                .getErr()
                .println("preflight: "
                        + String.valueOf(message).lines().findFirst().orElse("failed"));
        return exitCode;
    }

    @Override
    public Integer call() throws IOException {
        try {
            return read();
        } catch (StackOverflowError | OutOfMemoryError e) { // which would end in a trace otherwise
            throw new CannotReadException("the answer of AWS is too large for preflight: " + e, e);
        }
    }

    private int read() throws IOException {
        if (group == null && !addresses) {
            throw new ParameterException(spec.commandLine(), "Missing required option: '--group=NAME'");
        }
        var home = Path.of(System.getProperty("eiponlaunch.home", ""));
        var sam = SamConfig.read(home, environment);
        var stackName = stack == null ? sam.stackName() : stack;
        var poolTags = poolTags();
        var gatherer = Gatherer.of(given(region).or(sam::region), given(profile).or(sam::profile));
        if (addresses) {
            var pool = gatherer.pool(stackName, poolTags);
            var report = new AddressReport(gatherer.account(), pool, gatherer.holdings(pool));
            spec.commandLine().getOut().print(json ? report.json() : report.table());
            spec.commandLine().getOut().flush();
            return 0;
        }
        var facts = gatherer.gather(group, Optional.ofNullable(hook), stackName, poolTags, Optional.ofNullable(dryRun));
        var report = Report.of(gatherer.account(), facts);
        spec.commandLine().getOut().print(json ? JsonReport.of(report) : TableReport.of(report));
        spec.commandLine().getOut().flush();
        if (report.count(Status.failed) > 0) {
            return FAILED;
        }
        return report.count(Status.notChecked) == 0 ? 0 : COULD_NOT_LOOK;
    }

    private static Optional<String> given(String option) {
        return Optional.ofNullable(option);
    }

    /** The tags as one text, the way the stack's parameters give them. */
    private Optional<String> poolTags() {
        if (tags.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(EipPool.of(new EipPool(tags).name()).name());
        } catch (MalformedEventException e) {
            throw new ParameterException(
                    spec.commandLine(), "--tag: a tag needs a key, and no comma in key or value, but was " + tags, e);
        }
    }

    /** The version that the build wrote into the jar. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            var version = Preflight.class.getPackage().getImplementationVersion();
            return new String[] {"preflight " + (version == null ? "(not packaged)" : version)};
        }
    }
}
