package eiponlaunch.simulator.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import eiponlaunch.simulator.report.Recording;
import eiponlaunch.simulator.report.ReportPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The options that say where results go. */
final class OutputOptions {
    @Spec(Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the result there.")
    private Path json;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Write a report there: plots, figures and the timeline of every execution, in one page.")
    private Path html;

    boolean hasReport() {
        return html != null;
    }

    /** Before the run, so that no run is lost to a bad file name. */
    void check() throws IOException {
        requireWritable("--json", json);
        requireWritable("--html", html);
        if (html != null && json != null && Files.isSameFile(html, json)) {
            throw new ParameterException(
                    spec.commandLine(), "--html: " + html + " is not allowed, only a file other than --json's");
        }
    }

    void write(Object result, List<Recording> recordings) throws IOException {
        if (json != null) {
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(json.toFile(), result);
        }
        if (html != null) {
            new ReportPage(recordings).write(html);
        }
    }

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
}
