package eiponlaunch.emulators.agreement;

import asl.execution.Evaluation;
import com.fasterxml.jackson.databind.JsonNode;
import eiponlaunch.emulators.Endpoints;
import eiponlaunch.emulators.Events;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/** JSONata's reference implementation, asked for many values in one Node process. */
final class ReferenceJsonata {
    private static final Path SCRIPT = Path.of("jsonata", "evaluate.js");

    private ReferenceJsonata() {}

    /** One answer per evaluation, in their order: {@code {value}}, {@code {problem}}, or neither for nothing. */
    static List<JsonNode> answers(List<Evaluation> evaluations) throws IOException, InterruptedException {
        var requests = Files.createTempFile("evaluations", ".jsonl");
        try {
            Files.writeString(
                    requests,
                    evaluations.stream().map(ReferenceJsonata::request).collect(Collectors.joining("\n")));
            var node = new ProcessBuilder("node", SCRIPT.toString())
                    .redirectInput(requests.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT);
            node.environment().put("EMULATORS_JSONATA", Endpoints.jsonata().toString());
            var process = node.start();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError("node ended with exit code " + process.exitValue());
            }
            return output.lines().map(Events::json).toList();
        } finally {
            Files.delete(requests);
        }
    }

    private static String request(Evaluation evaluation) {
        var request = new LinkedHashMap<String, Object>();
        request.put("expression", evaluation.expression());
        request.put("variables", evaluation.variables());
        request.put("chances", evaluation.chances());
        return Events.JSON.valueToTree(request).toString();
    }
}
