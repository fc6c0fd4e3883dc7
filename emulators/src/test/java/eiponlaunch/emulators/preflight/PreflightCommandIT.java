package eiponlaunch.emulators.preflight;

import static eiponlaunch.emulators.preflight.ProxyAccount.GROUP;
import static eiponlaunch.emulators.preflight.ProxyAccount.HOOK;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import eiponlaunch.emulators.wire.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.autoscaling.model.PutLifecycleHookRequest;

/** {@code ./preflight} as it is called, and what it prints. */
class PreflightCommandIT extends PreflightOverTheWire {
    @Test
    void whereAllIsWellTheCommandSaysSoAndEndsWithZero() throws Exception {
        var ended = command(wire.url().toString(), "--group", GROUP);

        assertThat(ended.exit()).as("%s", ended).isZero();
        assertThat(ended.out().lines().toList())
                .hasSize(21)
                .endsWith(
                        "forward-proxy in eu-west-1, account 123456789012: 19 ok, 0 warning, 0 failed",
                        "preflight itself was tested against moto and ministack, never against AWS");
        assertThat(ended.err()).isEmpty();
    }

    @Test
    void documentsShowWhatTheCommandPrintsWhereTwoThingsAreWrong() throws Exception {
        account.putHook(HOOK, PutLifecycleHookRequest.builder().defaultResult("CONTINUE"));
        account.release(3);

        var ended = command(wire.url().toString(), "--group", GROUP);

        assertThat(ended.exit()).isEqualTo(1);
        assertThat(shownIn("docs/preflight.md")).isEqualTo("$ ./preflight --group forward-proxy\n" + ended.out());
        assertThat(shownIn("README.md"))
                .isEqualTo(ended.out()
                        .lines()
                        .filter(line -> !line.contains(" ok "))
                        .collect(joining("\n", "$ ./preflight --group forward-proxy | grep -v ' ok '\n", "\n")));
    }

    private static String shownIn(String document) throws IOException {
        var shown = Pattern.compile("(?s)<!-- preflight -->\n```\n(.*?)```\n<!-- end -->")
                .matcher(Files.readString(Path.of("..", document)));
        assertThat(shown.find())
                .as("%s, between <!-- preflight --> and <!-- end -->", document)
                .isTrue();
        return shown.group(1);
    }

    @Test
    void jsonIsTheSameForAProgram() throws Exception {
        account.putHook(HOOK, PutLifecycleHookRequest.builder().defaultResult("CONTINUE"));

        var ended = command(wire.url().toString(), "--group", GROUP, "--json");

        assertThat(ended.exit()).isEqualTo(1);
        var report = new ObjectMapper().readTree(ended.out());
        assertThat(report.path("account").asText()).isEqualTo("123456789012");
        assertThat(report.path("region").asText()).isEqualTo("eu-west-1");
        assertThat(report.path("failed").asInt()).isEqualTo(1);
        assertThat(report.path("findings")).hasSize(19);
    }

    @Test
    void whatCannotBeReachedIsOneLineAndEndsWithThree() throws Exception {
        var ended = command("http://127.0.0.1:9", "--group", GROUP);

        assertThat(ended.exit()).isEqualTo(3);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err().lines()).singleElement().asString().startsWith("preflight: cannot reach AWS (");
    }

    @Test
    void withoutARegionOrCredentialsThereIsOneLineAndTheEndIsThree() throws Exception {
        assertOneLine(command(List.of("AWS_REGION"), wire.url().toString(), "--group", GROUP), "preflight: no Region:");
        assertOneLine(
                command(List.of("AWS_ACCESS_KEY_ID"), wire.url().toString(), "--group", GROUP),
                "preflight: no credentials:");
    }

    @Test
    void credentialsThatAreRefusedAreOneLineAndTheEndIsThree() throws Exception {
        wire.answer(
                "GetCallerIdentity",
                Wire.autoScalingError(403, "ExpiredToken", "The security token included in the request is expired"));

        assertOneLine(
                command(wire.url().toString(), "--group", GROUP),
                "preflight: AWS refuses the credentials: ExpiredToken: The security token");
    }

    /** Seen from outside the process: every operation that reached AWS, with all that the checks may ask. */
    @Test
    void everyCallOnlyReads() throws Exception {
        account.deploy(Map.of("InstanceTagKey", "Service", "InstanceTagValue", "proxy"));
        wire.forget();

        assertThat(command(wire.url().toString(), "--group", GROUP).exit()).isZero();

        assertThat(wire.operations())
                .contains("DescribeAddresses", "SimulatePrincipalPolicy", "TestEventPattern")
                .contains("DescribeLaunchTemplateVersions")
                .allMatch(operation -> operation.matches("(Describe|Get|List|Simulate|Test)\\w+|GET /.*"));
        assertThat(account.holders()).as("nothing was associated").isEmpty();
    }
}
