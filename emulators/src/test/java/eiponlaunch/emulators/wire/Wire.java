package eiponlaunch.emulators.wire;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static com.github.tomakehurst.wiremock.stubbing.Scenario.STARTED;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.extension.ResponseTransformerV2;
import com.github.tomakehurst.wiremock.extension.requestfilter.RequestFilterAction;
import com.github.tomakehurst.wiremock.extension.requestfilter.StubRequestFilterV2;
import com.github.tomakehurst.wiremock.http.HttpHeaders;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.Response;
import com.github.tomakehurst.wiremock.matching.MatchResult;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.net.URI;
import java.net.URLDecoder;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A server between the functions and EC2 or Auto Scaling: it passes calls on to an engine, answers some as AWS would
 * where the engine does not, lets something happen just before a call arrives, and remembers what was sent.
 */
public final class Wire implements AutoCloseable {
    private static final String TARGET = "X-Amz-Target";
    private static final String DESCRIBE_GROUPS = "DescribeAutoScalingGroups";

    private final Map<String, Runnable> before = new ConcurrentHashMap<>();
    private final Map<String, UnaryOperator<String>> changes = new ConcurrentHashMap<>();
    private final WireMockServer server = new WireMockServer(
            options().dynamicPort().bindAddress("127.0.0.1").extensions(new Before(), new Changed()));

    public Wire() {
        server.start();
    }

    public URI url() {
        return URI.create(server.baseUrl());
    }

    /** Passes every call on to {@code engine}, unless something more particular is said, or Auto Scaling would refuse it. */
    public void passOn(URI engine) {
        answerFirst(
                DESCRIBE_GROUPS,
                body -> namesTooManyGroups(parameters(body)),
                autoScalingError(400, "ValidationError", "The number of group names that may be passed in is limited"));
        server.stubFor(any(anyUrl()).atPriority(9).willReturn(aResponse().proxiedFrom(engine.toString())));
    }

    /** More than the records that it takes; fifty without a word about them. No engine counts them. */
    private static boolean namesTooManyGroups(Map<String, String> parameters) {
        return parameters.keySet().stream()
                        .filter(name -> name.startsWith("AutoScalingGroupNames.member."))
                        .count()
                > Integer.parseInt(parameters.getOrDefault("MaxRecords", "50"));
    }

    public void passOn(String action, URI engine) {
        server.stubFor(call(action).atPriority(8).willReturn(aResponse().proxiedFrom(engine.toString())));
    }

    public void answer(String action, ResponseDefinitionBuilder response) {
        server.stubFor(call(action).atPriority(2).willReturn(response));
    }

    /** Answers only calls that have also {@code parameter}. */
    public void answer(String action, String parameter, ResponseDefinitionBuilder response) {
        server.stubFor(call(action)
                .withRequestBody(containing("&" + parameter + "="))
                .atPriority(2)
                .willReturn(response));
    }

    public void answerOnce(String action, ResponseDefinitionBuilder response) {
        server.stubFor(call(action)
                .inScenario(action)
                .whenScenarioStateIs(STARTED)
                .willSetStateTo("answered")
                .atPriority(1)
                .willReturn(response));
    }

    /** Passes the calls of one operation of a JSON protocol, such as {@code AWSEvents.TestEventPattern}, on to {@code engine}. */
    public void passOnTarget(String target, URI engine) {
        server.stubFor(any(anyUrl())
                .withHeader(TARGET, equalTo(target))
                .atPriority(8)
                .willReturn(aResponse().proxiedFrom(engine.toString())));
    }

    public void answerTarget(String target, ResponseDefinitionBuilder response) {
        server.stubFor(
                any(anyUrl()).withHeader(TARGET, equalTo(target)).atPriority(2).willReturn(response));
    }

    /** Answers only calls whose body is one that {@code body} accepts, whatever else was said about the action. */
    public void answerFirst(String action, Predicate<String> body, ResponseDefinitionBuilder response) {
        server.stubFor(call(action)
                .andMatching(request -> MatchResult.of(body.test(request.getBodyAsString())))
                .atPriority(1)
                .willReturn(response));
    }

    /** Answers the GET requests of a REST protocol whose path is like {@code path}. */
    public void answerGet(String path, ResponseDefinitionBuilder response) {
        server.stubFor(get(urlPathMatching(path)).atPriority(2).willReturn(response));
    }

    /** Passes the calls on to {@code engine}, and changes what it answers. */
    public void rewrite(String action, URI engine, UnaryOperator<String> change) {
        changes.put(action, change);
        server.stubFor(call(action)
                .atPriority(3)
                .willReturn(aResponse().proxiedFrom(engine.toString()).withTransformers(Changed.NAME)));
    }

    /** The name of every operation that was asked for so far; of a REST protocol, the method and the path. */
    public List<String> operations() {
        return server.getAllServeEvents().stream()
                .map(event -> operation(event.getRequest()))
                .toList();
    }

    private static String operation(LoggedRequest request) {
        var target = request.getHeader(TARGET);
        if (target != null) {
            return target.substring(target.indexOf('.') + 1);
        }
        return request.getBodyAsString().startsWith("Action=")
                ? parameters(request.getBodyAsString()).get("Action")
                : request.getMethod() + " " + request.getUrl();
    }

    /** Runs {@code event} when the next such call arrives, before it is passed on. */
    public void beforeNext(String action, Runnable event) {
        before.put(action, event);
    }

    /** The parameters of each such call so far, in order. */
    public List<Map<String, String>> sent(String action) {
        return server.getAllServeEvents().stream()
                .map(event -> parameters(event.getRequest().getBodyAsString()))
                .filter(parameters -> action.equals(parameters.get("Action")))
                .sorted((a, b) -> -1) // the newest comes first
                .toList();
    }

    /** With which access key each such call was signed. */
    public List<String> accessKeys(String action) {
        return server.getAllServeEvents().stream()
                .map(ServeEvent::getRequest)
                .filter(request ->
                        action.equals(parameters(request.getBodyAsString()).get("Action")))
                .map(request -> request.getHeader("Authorization").replaceFirst(".* Credential=(\\w+)/.*", "$1"))
                .toList();
    }

    /** Forgets what was sent. */
    public void forget() {
        server.resetRequests();
    }

    public void reset() {
        before.clear();
        changes.clear();
        server.resetAll();
    }

    @Override
    public void close() {
        server.stop();
    }

    /** An error as EC2's query protocol words it. */
    public static ResponseDefinitionBuilder ec2Error(int status, String code, String message) {
        return xml(
                status,
                "<Response><Errors><Error><Code>" + code + "</Code><Message>" + message
                        + "</Message></Error></Errors><RequestID>r</RequestID></Response>");
    }

    /** An error as Auto Scaling's query protocol words it. */
    public static ResponseDefinitionBuilder autoScalingError(int status, String code, String message) {
        return xml(
                status,
                "<ErrorResponse xmlns=\"http://autoscaling.amazonaws.com/doc/2011-01-01/\"><Error><Type>Sender</Type>"
                        + "<Code>" + code + "</Code><Message>" + message
                        + "</Message></Error><RequestId>r</RequestId></ErrorResponse>");
    }

    public static ResponseDefinitionBuilder xml(int status, String body) {
        return aResponse()
                .withStatus(status)
                .withHeader("Content-Type", "text/xml")
                .withBody(body);
    }

    private static MappingBuilder call(String action) {
        return any(anyUrl()).withRequestBody(containing("Action=" + action + "&"));
    }

    private static Map<String, String> parameters(String body) {
        return Stream.of(body.split("&"))
                .map(parameter -> parameter.split("=", 2))
                .collect(toMap(pair -> pair[0], pair -> pair.length == 1 ? "" : URLDecoder.decode(pair[1], UTF_8)));
    }

    private final class Changed implements ResponseTransformerV2 {
        private static final String NAME = "changed";

        @Override
        public Response transform(Response response, ServeEvent event) {
            var action = parameters(event.getRequest().getBodyAsString()).get("Action");
            return Response.Builder.like(response)
                    .but()
                    .headers(new HttpHeaders(response.getHeaders().all().stream()
                            .filter(header -> !header.keyEquals("x-amz-crc32")) // of what the engine answered
                            .toList()))
                    .body(changes.get(action).apply(response.getBodyAsString()))
                    .build();
        }

        @Override
        public boolean applyGlobally() {
            return false;
        }

        @Override
        public String getName() {
            return NAME;
        }
    }

    private final class Before implements StubRequestFilterV2 {
        @Override
        public RequestFilterAction filter(Request request, ServeEvent serveEvent) {
            var action = parameters(request.getBodyAsString()).get("Action");
            var event = action == null ? null : before.remove(action);
            if (event != null) {
                event.run();
            }
            return RequestFilterAction.continueWith(request);
        }

        @Override
        public String getName() {
            return "before";
        }
    }
}
