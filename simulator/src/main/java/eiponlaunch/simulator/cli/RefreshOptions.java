package eiponlaunch.simulator.cli;

import eiponlaunch.simulator.run.RefreshSettings;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** The options of an instance refresh. */
final class RefreshOptions {
    private static final Pattern PERCENTAGES = Pattern.compile("(\\d{1,3})-(\\d{1,3})");

    @Option(
            names = "--refresh",
            paramLabel = "N",
            description =
                    "Replace the N instances of a group by an instance refresh, and say whether the pool suffices")
    private Integer refresh;

    @Option(
            names = "--healthy",
            paramLabel = "MIN-MAX",
            defaultValue = "90-100",
            description =
                    "The refresh's least and greatest healthy percentage. Default: ${DEFAULT-VALUE}, Auto Scaling's own")
    private String healthy;

    @Option(
            names = "--pause",
            paramLabel = "TIME",
            defaultValue = "0s",
            description =
                    "The refresh's pause after each batch: instance warmup, checkpoints. Default: ${DEFAULT-VALUE}")
    private String pause;

    boolean isGiven() {
        return refresh != null;
    }

    RefreshSettings settings(RunOptions run, int pool) {
        run.require(refresh >= 1 && refresh <= 1000, "--refresh", refresh, "from 1 to 1000");
        run.require(refresh <= pool, "--pool", pool, "at least the " + refresh + " addresses that the instances have");
        var percentages = PERCENTAGES.matcher(healthy);
        run.require(percentages.matches(), "--healthy", healthy, "MIN-MAX, such as 100-150");
        var min = Integer.parseInt(percentages.group(1));
        var max = Integer.parseInt(percentages.group(2));
        run.require(min <= 100 && max >= 100 && max <= 200, "--healthy", healthy, "from 0-100 to 100-200");
        return new RefreshSettings(refresh, min, max, run.time("--pause", pause));
    }
}
