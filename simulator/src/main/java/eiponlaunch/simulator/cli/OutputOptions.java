package eiponlaunch.simulator.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import eiponlaunch.simulator.report.Recording;
import eiponlaunch.simulator.report.ReportPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
        if (html != null
                && json != null
                && html.toAbsolutePath()
                        .normalize()
                        .equals(json.toAbsolutePath().normalize())) {
            throw new ParameterException(
                    spec.commandLine(), "--html: " + html + " is not allowed, only a file other than --json's");
        }
    }

    void write(Object result, List<Recording> recordings) throws IOException {
        if (json != null) {
            write(
                    json,
                    file -> new ObjectMapper()
                            .enable(SerializationFeature.INDENT_OUTPUT)
                            .writeValue(file.toFile(), result));
        }
        if (html != null) {
            write(html, file -> new ReportPage(recordings).write(file));
        }
    }

    @FunctionalInterface
    private interface Content {
        void writeTo(Path file) throws IOException;
    }

    /**
     * Writes beside the file and moves the result into its place when it is complete. What is not a file, such as a
     * pipe, is written to directly.
     */
    private static void write(Path file, Content content) throws IOException {
        var target = file.toAbsolutePath();
        try {
            if (Files.exists(target) && !Files.isRegularFile(target)) {
                content.writeTo(target);
                return;
            }
            Files.createDirectories(target.getParent());
            var beside = target.resolveSibling(
                    "." + target.getFileName() + "." + ProcessHandle.current().pid() + ".part");
            try {
                content.writeTo(beside);
                Files.move(beside, target, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(beside);
            }
        } catch (IOException e) {
            throw new NotWrittenException(file + " cannot be written: " + e.getMessage(), e);
        }
    }

    private void requireWritable(String option, Path file) {
        if (file == null) {
            return;
        }
        var target = file.toAbsolutePath();
        var folder = target.getParent();
        while (folder != null && !Files.exists(folder)) {
            folder = folder.getParent();
        }
        var ends = folder != null && Files.isDirectory(folder) && !Files.isDirectory(target);
        if (!ends || !Files.isWritable(Files.exists(target) ? target : folder)) {
            throw new ParameterException(spec.commandLine(), option + ": " + file + " cannot be written");
        }
    }
}
