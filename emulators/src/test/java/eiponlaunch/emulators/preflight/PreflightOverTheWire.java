package eiponlaunch.emulators.preflight;

import static eiponlaunch.emulators.preflight.ProxyAccount.GROUP;
import static eiponlaunch.emulators.preflight.ProxyAccount.HOOK;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import eiponlaunch.emulators.Endpoints;
import eiponlaunch.emulators.wire.Wire;
import eiponlaunch.preflight.Preflight;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/**
 * {@code ./preflight} against moto: an account where all is well, and each way in which it may be not. What moto lacks is
 * on the wire: TestEventPattern, to which it answers nothing, goes to ministack; SimulatePrincipalPolicy, at which it
 * fails, is answered as IAM words it; a dry run that is to be refused, as it accepts all, is answered as EC2 words it; border
 * groups, services that manage addresses, the instance maintenance policy and a hook's metadata are put into its answers; and
 * a list among a stack's parameters, which it writes as Python does, is written as AWS does.
 */
abstract class PreflightOverTheWire {
    private static final Map<String, String> SETTINGS = Map.of(
            "aws.region", ProxyAccount.REGION.id(),
            "aws.accessKeyId", "test",
            "aws.secretAccessKey", "test");

    final Wire wire = new Wire();
    final ProxyAccount account = new ProxyAccount(Endpoints.moto());

    PreflightOverTheWire() {
        wire.passOn(Endpoints.moto());
        wire.passOnTarget("AWSEvents.TestEventPattern", Endpoints.ministack());
        wire.answer("SimulatePrincipalPolicy", Wire.xml(200, simulated("allowed")));
        stackIs(stack -> stack);
    }

    /** The command builds itself when a source is newer, and says so. */
    @BeforeAll
    static void build() throws Exception {
        assertThat(command("", "--version"))
                .satisfies(ended -> assertThat(ended.exit()).as("%s", ended).isZero());
    }

    @BeforeEach
    void set() {
        SETTINGS.forEach(System::setProperty);
        System.setProperty("aws.endpointUrl", wire.url().toString());
        System.setProperty("eiponlaunch.home", "..");
    }

    @AfterEach
    void close() {
        SETTINGS.keySet().forEach(System::clearProperty);
        System.clearProperty("aws.endpointUrl");
        System.clearProperty("eiponlaunch.home");
        System.clearProperty("aws.sessionToken");
        System.clearProperty("aws.configFile");
        wire.close();
    }

    void stackIs(UnaryOperator<String> change) {
        wire.rewrite(
                "DescribeStacks",
                Endpoints.moto(),
                stack -> change.apply(stack.replaceAll("\\[(?:'|&#x27;)(.*?)(?:'|&#x27;)\\]", "$1")
                        .replaceAll("(?:'|&#x27;), (?:'|&#x27;)", ",")));
    }

    /** The launch hook's. */
    void metadataIs(String metadata) {
        var name = "<LifecycleHookName>" + HOOK + "</LifecycleHookName>";
        wire.rewrite(
                "DescribeLifecycleHooks",
                Endpoints.moto(),
                hooks -> hooks.replace(name, name + "<NotificationMetadata>" + metadata + "</NotificationMetadata>"));
    }

    /** EC2 tells border groups, moto does not: here they are, {@code zone} being a Local Zone. */
    void borderGroups(String zone) {
        wire.rewrite(
                "DescribeAvailabilityZones",
                Endpoints.moto(),
                zones -> zones.replaceAll(
                                "<zoneName>(.*?)</zoneName>",
                                "<zoneName>$1</zoneName><networkBorderGroup>of $1</networkBorderGroup>")
                        .replace("of " + zone, "eu-west-1-lhr-1")
                        .replaceAll("of (\\w+-\\w+-\\d)\\w", "$1"));
        wire.rewrite(
                "DescribeAddresses",
                Endpoints.moto(),
                addresses -> addresses.replace(
                        "<allocationId>", "<networkBorderGroup>eu-west-1</networkBorderGroup><allocationId>"));
    }

    static String simulated(String decision) {
        return "<SimulatePrincipalPolicyResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\">"
                + "<SimulatePrincipalPolicyResult><IsTruncated>false</IsTruncated><EvaluationResults><member>"
                + "<EvalActionName>action</EvalActionName><EvalDecision>" + decision + "</EvalDecision></member>"
                + "</EvaluationResults></SimulatePrincipalPolicyResult></SimulatePrincipalPolicyResponse>";
    }

    void assertOnlyFails(String check, String seen) {
        assertOnly("failed", check, seen, 1);
    }

    void assertOnlyWarns(String check, String seen) {
        assertOnly("warning", check, seen, 0);
    }

    void assertOnly(String status, String check, String seen, int exit) {
        var ended = run();

        assertThat(ended.checks("failed", "warning")).containsExactly(check);
        assertThat(ended.checks(status)).containsExactly(check);
        assertThat(ended.seen(check)).contains(seen);
        assertThat(ended.fix(check)).isNotBlank();
        assertThat(ended.exit()).isEqualTo(exit);
    }

    static void assertOneLine(Ended ended, String line) {
        assertThat(ended.exit()).as("%s", ended).isEqualTo(3);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err().lines()).singleElement().asString().startsWith(line);
    }

    record Ended(int exit, String out, String err) {
        List<String> checks(String... statuses) {
            return findings()
                    .filter(finding ->
                            List.of(statuses).contains(finding.path("status").asText()))
                    .map(finding -> finding.path("check").asText())
                    .distinct()
                    .toList();
        }

        String seen(String check) {
            return of(check, "seen");
        }

        String fix(String check) {
            return of(check, "fix") + "\n" + of(check, "command");
        }

        private String of(String check, String field) {
            return findings()
                    .filter(finding -> finding.path("check").asText().equals(check))
                    .map(finding -> finding.path(field).asText())
                    .collect(joining("\n"));
        }

        private Stream<JsonNode> findings() {
            try {
                var findings = new ArrayList<JsonNode>();
                new ObjectMapper().readTree(out).path("findings").forEach(findings::add);
                return findings.stream();
            } catch (IOException e) {
                throw new AssertionError(out + err, e);
            }
        }
    }

    /** In this process, which is quicker, with JSON, which is easier to read. */
    Ended run(String... options) {
        var out = new StringWriter();
        var err = new StringWriter();
        var exit = Preflight.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(Stream.concat(Stream.of("--group", GROUP, "--json"), Stream.of(options))
                        .toArray(String[]::new));
        return new Ended(exit, out.toString(), err.toString());
    }

    static Ended command(String endpoint, String... options) throws IOException, InterruptedException {
        return command(List.of(), endpoint, options);
    }

    static Ended command(List<String> unset, String endpoint, String... options)
            throws IOException, InterruptedException {
        var err = Files.createTempFile("preflight", "err");
        var builder = new ProcessBuilder(Stream.concat(Stream.of("../preflight"), Stream.of(options))
                        .toList())
                .redirectError(err.toFile());
        var environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("AWS_"));
        environment.putAll(Map.of(
                "AWS_ENDPOINT_URL", endpoint,
                "AWS_REGION", ProxyAccount.REGION.id(),
                "AWS_ACCESS_KEY_ID", "test",
                "AWS_SECRET_ACCESS_KEY", "test",
                "AWS_EC2_METADATA_DISABLED", "true",
                "AWS_CONFIG_FILE", "/dev/null",
                "AWS_SHARED_CREDENTIALS_FILE", "/dev/null"));
        environment.keySet().removeAll(unset);
        var process = builder.start();
        var out = new String(process.getInputStream().readAllBytes(), UTF_8);
        var ended = new Ended(process.waitFor(), out, Files.readString(err));
        Files.delete(err);
        return ended;
    }
}
