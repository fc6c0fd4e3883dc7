package eiponlaunch.emulators.deployed;

import static java.util.stream.Collectors.toMap;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A stack that {@code emulators/deploy} put on ministack with the real SAM CLI and the real template. */
final class Deployment {
    private final Map<String, String> outputs;

    private Deployment(Map<String, String> outputs) {
        this.outputs = outputs;
    }

    /** Deploys, with EC2 and Auto Scaling at {@code aws} for the functions. */
    static Deployment of(String stack, URI aws, String... parameters) {
        try {
            var log = new File("target", "deploy-" + stack + ".log");
            var builder = new ProcessBuilder(Stream.concat(Stream.of("./deploy", stack), Stream.of(parameters))
                            .toList())
                    .redirectError(log);
            builder.environment().put("EMULATORS_EC2_URL", aws.toString());
            builder.environment().put("EMULATORS_AUTO_SCALING_URL", aws.toString());
            var process = builder.start();
            List<String> lines;
            try (var out = process.inputReader()) {
                lines = out.lines().toList();
            }
            if (process.waitFor() != 0) {
                throw new IllegalStateException("emulators/deploy failed:\n" + Files.readString(log.toPath()));
            }
            return new Deployment(lines.stream()
                    .map(line -> line.split("=", 2))
                    .collect(toMap(output -> output[0], output -> output[1])));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    String output(String key) {
        if (!outputs.containsKey(key)) {
            throw new IllegalStateException("The stack has no output " + key + ", only " + outputs.keySet());
        }
        return outputs.get(key);
    }
}
