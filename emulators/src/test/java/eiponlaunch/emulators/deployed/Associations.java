package eiponlaunch.emulators.deployed;

import static java.net.URLEncoder.encode;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import eiponlaunch.emulators.Endpoints;
import eiponlaunch.emulators.Events;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Parameter;

/** {@code examples/events/} as ministack deploys it, and what comes into its queue. */
final class Associations {
    private static final String STACK = "eip-associations";
    private static final Pattern BODY = Pattern.compile("(?s)<Body>(.*?)</Body>");

    private final HttpClient http = HttpClient.newHttpClient();
    private final String queue;

    private Associations(String queue) {
        this.queue = queue;
    }

    /** Deploys the example for this state machine. */
    static Associations of(String eipOnLaunchArn) throws IOException {
        try (var cloudFormation = Endpoints.client(
                CloudFormationClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder()),
                Endpoints.ministack())) {
            var template = Files.readString(Path.of("..", "examples", "events", "on-association.yaml"));
            cloudFormation.createStack(request -> request.stackName(STACK)
                    .templateBody(template)
                    .parameters(Parameter.builder()
                            .parameterKey("EipOnLaunchArn")
                            .parameterValue(eipOnLaunchArn)
                            .build()));
            return new Associations(cloudFormation
                    .waiter()
                    .waitUntilStackCreateComplete(request -> request.stackName(STACK))
                    .matched()
                    .response()
                    .orElseThrow()
                    .stacks()
                    .get(0)
                    .outputs()
                    .get(0)
                    .outputValue());
        }
    }

    /** The messages that come until nothing comes for two seconds. */
    List<JsonNode> messages() throws IOException, InterruptedException {
        var messages = new ArrayList<JsonNode>();
        for (var body = receive(); body != null; body = receive()) {
            messages.add(Events.json(body));
        }
        return messages;
    }

    private String receive() throws IOException, InterruptedException {
        var form = "Action=ReceiveMessage&Version=2012-11-05&WaitTimeSeconds=2&QueueUrl=" + encode(queue, UTF_8);
        var answer = http.send(
                HttpRequest.newBuilder(URI.create(
                                Endpoints.ministack() + URI.create(queue).getPath()))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form))
                        .build(),
                BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(queue + " answers " + answer.statusCode() + ": " + answer.body());
        }
        var body = BODY.matcher(answer.body());
        return body.find() ? body.group(1).replace("&quot;", "\"").replace("&amp;", "&") : null;
    }
}
