package eiponlaunch.preflight;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.github.tomakehurst.wiremock.WireMockServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Wrong settings, and answers that nobody sane would give: one line, or one line a check; never a stack trace. */
class EnvironmentTest {
    /** The SDK reads these in place of AWS_REGION and so on. */
    private static final Map<String, String> SETTINGS = Map.of(
            "aws.region", "eu-west-1",
            "aws.accessKeyId", "test",
            "aws.secretAccessKey", "test",
            "aws.maxAttempts", "1",
            "aws.configFile", "/dev/null",
            "aws.sharedCredentialsFile", "/dev/null",
            "aws.disableEc2Metadata", "true");

    private static final WireMockServer SERVER =
            new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));

    private final Map<String, String> before = new LinkedHashMap<>();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void start() {
        SERVER.start();
    }

    @AfterAll
    static void stop() {
        SERVER.stop();
    }

    @BeforeEach
    void set() {
        SERVER.resetAll();
        SETTINGS.forEach(this::set);
        set("aws.endpointUrl", SERVER.baseUrl());
        answer("GetCallerIdentity", 200, """
                <GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
                <Arn>arn:aws:iam::123456789012:user/operator</Arn><Account>123456789012</Account>
                </GetCallerIdentityResult></GetCallerIdentityResponse>""");
    }

    @AfterEach
    void restore() {
        before.forEach((name, value) -> {
            if (value == null) {
                System.clearProperty(name);
            } else {
                System.setProperty(name, value);
            }
        });
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource({
        "aws.region, not a region, the Region \"not a region\" does not exist: set --region",
        "aws.region, ../x, the Region \"../x\" does not exist: set --region",
        "aws.region, eu-west-1/, the Region \"eu-west-1/\" does not exist: set --region",
        "aws.region, '', 'no Region: set --region, region in samconfig.toml, AWS_REGION, or the Region of the profile'",
        "aws.endpointUrl, nonsense, an AWS setting is not valid (The URI scheme of endpointOverride must not be null",
        "aws.endpointUrl, http://, 'an AWS setting is not valid (An invalid URI was configured'",
        "aws.endpointUrl, http://a b, an AWS setting is not valid (An invalid URI was configured",
        "aws.endpointUrl, ftp://127.0.0.1, cannot reach AWS (IllegalArgumentException: Protocol must be",
        "aws.endpointUrl, http://127.0.0.1:9, cannot reach AWS (ConnectException",
        "aws.profile, misspelt, there is no profile misspelt (AWS_PROFILE) in /dev/null or /dev/null",
        "aws.maxAttempts, x, an AWS setting is not valid (For input string",
        "aws.retryMode, x, an AWS setting is not valid (Unsupported retry policy mode",
    })
    void aWrongSettingIsOneLineThatNamesItAndTheEndIsThree(String setting, String value, String line) {
        set(setting, value);

        assertThat(run()).isEqualTo(3);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .startsWith("preflight: " + line)
                .doesNotContain("\tat ");
    }

    @Test
    void aProfileThatExistsIsTaken(@TempDir Path home) throws IOException {
        var config = Files.writeString(home.resolve("config"), "[profile mine]\nregion = eu-central-1\n");
        set("aws.configFile", config.toString());
        set("aws.profile", "mine");
        clear("aws.region");

        assertThat(run()).isEqualTo(3);
        assertThat(err.toString()).isEmpty();
        assertThat(out.toString()).contains("\"region\" : \"eu-central-1\"");
    }

    /** As SAM CLI was seen to do; the Regions of the environment and of the profile are other ones. */
    @ParameterizedTest(name = "{3}: {0} {1} {2}")
    @CsvSource({
        "'', '', '', eu-west-1",
        "'', region = \"eu-west-2\", '', eu-west-2",
        "region = \"eu-west-3\", region = \"eu-west-2\", '', eu-west-3",
        "region = \"eu-west-3\", '', --region=eu-south-1, eu-south-1",
        "profile = \"mine\", '', '', eu-west-1",
        "'', profile = \"other\", --profile=mine, eu-west-1",
        "profile = \"mine\", region = \"eu-west-2\", '', eu-west-2",
    })
    void theRegionIsTheOneThatSamDeploysTo(
            String deploy, String global, String option, String region, @TempDir Path home) throws IOException {
        Files.writeString(home.resolve("samconfig.toml"), """
                version = 0.1
                [default.deploy.parameters]
                %s
                [default.global.parameters]
                %s
                """.formatted(deploy, global));
        profiles(home);
        set("eiponlaunch.home", home.toString());

        assertThat(run(option.isEmpty() ? new String[0] : new String[] {option}))
                .isEqualTo(3);
        assertThat(out.toString()).contains("\"region\" : \"" + region + "\"");
    }

    /** The environment has credentials as well. */
    @Test
    void theProfileOfSamconfigGivesCredentialsAndRegionAsForSamDeploy(@TempDir Path home) throws IOException {
        Files.writeString(
                home.resolve("samconfig.toml"), "version = 0.1\n[default.global.parameters]\nprofile = \"mine\"\n");
        profiles(home);
        set("eiponlaunch.home", home.toString());
        clear("aws.region");

        assertThat(run()).isEqualTo(3);
        assertThat(out.toString()).contains("\"region\" : \"eu-central-1\"");
        SERVER.verify(postRequestedFor(anyUrl()).withHeader("Authorization", containing("Credential=OF-THE-PROFILE/")));
        SERVER.verify(0, postRequestedFor(anyUrl()).withHeader("Authorization", containing("Credential=test/")));
    }

    @Test
    void aMisspeltProfileOfSamconfigIsNamed(@TempDir Path home) throws IOException {
        Files.writeString(
                home.resolve("samconfig.toml"), "version = 0.1\n[default.global.parameters]\nprofile = \"nobody\"\n");
        set("eiponlaunch.home", home.toString());

        assertThat(run()).isEqualTo(3);
        assertThat(err.toString()).startsWith("preflight: there is no profile nobody in ");
    }

    private void profiles(Path home) throws IOException {
        var config = Files.writeString(home.resolve("config"), """
                [profile mine]
                region = eu-central-1
                aws_access_key_id = OF-THE-PROFILE
                aws_secret_access_key = secret
                """);
        set("aws.configFile", config.toString());
    }

    static Stream<Arguments> answers() {
        return Stream.of(
                arguments("503", 503, "", "HTTP 503"),
                arguments("empty", 200, "", "what is not an answer of AWS"),
                arguments("an element without content", 200, "<a/>", "what is not an answer of AWS"),
                arguments("a page", 200, "<html><body>login</body></html>", "what is not an answer of AWS"),
                arguments("no XML", 200, "nonsense", ""),
                arguments("nested deeply", 200, "<a>".repeat(100_000) + "</a>".repeat(100_000), "too deeply"));
    }

    /** Only STS answers as AWS does. What could not be looked at is no pass. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("answers")
    void answersThatSayNothingAreNotAPass(String name, int status, String body, String seen) {
        SERVER.stubFor(any(anyUrl())
                .atPriority(9)
                .willReturn(aResponse().withStatus(status).withBody(body)));

        var exit = run();

        assertThat(err.toString()).isEmpty();
        assertThat(exit).as(out.toString()).isIn(1, 3);
        assertThat(exit).isEqualTo(out.toString().contains("\"failed\" : 0") ? 3 : 1);
        assertThat(out.toString())
                .contains("\"status\" : \"notChecked\"")
                .contains(seen)
                .doesNotContain("\tat ");
    }

    @Test
    void whereEveryAnswerButThatOfStsIs503TheEndIsThreeAndEachReasonIsToldOnce() {
        SERVER.stubFor(any(anyUrl()).atPriority(9).willReturn(aResponse().withStatus(503)));

        assertThat(run()).isEqualTo(3);
        assertThat(out.toString()).contains("\"failed\" : 0").contains("\"warning\" : 0");
        assertThat(out.toString().lines().filter(line -> line.contains("answered HTTP 503")))
                .doesNotHaveDuplicates()
                .hasSizeLessThan(5);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answers")
    void whenStsSaysNothingThereIsOneLine(String name, int status, String body, String seen) {
        answer("GetCallerIdentity", status, body);

        assertThat(run()).isEqualTo(3);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString().lines()).singleElement().asString().startsWith("preflight: ");
    }

    private void answer(String operation, int status, String body) {
        SERVER.stubFor(post(anyUrl())
                .atPriority(1)
                .withRequestBody(containing("Action=" + operation))
                .willReturn(aResponse().withStatus(status).withBody(body)));
    }

    private void set(String name, String value) {
        before.putIfAbsent(name, System.getProperty(name));
        System.setProperty(name, value);
    }

    private void clear(String name) {
        before.putIfAbsent(name, System.getProperty(name));
        System.clearProperty(name);
    }

    private int run(String... options) {
        var arguments = Stream.concat(
                        Stream.of("--group", "forward-proxy", "--stack", "eip-on-launch", "--json"), Stream.of(options))
                .toArray(String[]::new);
        return Preflight.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
