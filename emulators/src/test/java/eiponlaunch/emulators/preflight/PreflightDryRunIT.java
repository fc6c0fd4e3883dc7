package eiponlaunch.emulators.preflight;

import static eiponlaunch.emulators.preflight.ProxyAccount.GROUP;
import static org.assertj.core.api.Assertions.assertThat;

import eiponlaunch.emulators.wire.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.sts.model.Credentials;

/** EC2 itself is asked whether it would accept the functions' calls. */
class PreflightDryRunIT extends PreflightOverTheWire {
    @Test
    void asksEc2ForEveryCallOfTheFunctionsAndChangesNothing() throws Exception {
        account.releaseEarly();
        var instance = account.launchWithAddress();
        wire.forget();

        var ended = command(wire.url().toString(), "--group", GROUP, "--json", "--dry-run");

        assertThat(ended.exit()).as("%s", ended).isZero();
        assertThat(ended.seen("Ec2AcceptsCalls"))
                .isEqualTo("EC2 would accept calls: 8, asked as arn:aws:sts::123456789012:user/moto");
        assertThat(wire.sent("AssociateAddress"))
                .singleElement()
                .satisfies(sent -> assertThat(sent)
                        .containsEntry("InstanceId", instance)
                        .containsEntry("AllocationId", account.addresses.get(1))
                        .containsEntry("AllowReassociation", "false"));
        assertThat(wire.operations())
                .filteredOn(operation -> !operation.matches("(Describe|Get|List|Simulate|Test)\\w+|GET /.*"))
                .containsExactlyInAnyOrder("AssociateAddress", "DisassociateAddress")
                .allSatisfy(operation -> assertThat(wire.sent(operation))
                        .allSatisfy(sent -> assertThat(sent).containsEntry("DryRun", "true")));
        assertThat(account.holders()).containsExactly(account.addresses.get(0));
    }

    @ParameterizedTest
    @CsvSource({
        "DescribeAddresses, DisassociateEip",
        "DescribeInstances, FindFreeEip",
        "DescribeAvailabilityZones, FindFreeEip",
        "AssociateAddress, AssociateEip",
        "DisassociateAddress, DisassociateEip",
    })
    void failsOnACallThatEc2Refuses(String operation, String function) {
        account.releaseEarly();
        account.launchWithAddress();
        refuseDryRuns(operation);

        var ended = run("--dry-run");

        assertThat(ended.exit()).isEqualTo(1);
        assertThat(ended.checks("failed")).containsExactly("Ec2AcceptsCalls");
        assertThat(ended.seen("Ec2AcceptsCalls"))
                .contains("EC2 refuses ec2:" + operation + " of " + function
                        + ", asked as arn:aws:sts::123456789012:user/moto");
        assertThat(ended.fix("Ec2AcceptsCalls"))
                .contains("--dry-run=PROFILE with a profile of the stack's " + function);
    }

    @Test
    void warnsOfCallsForWhichNothingIsThere() {
        account.releaseEarly();
        wire.forget();

        var ended = run("--dry-run");

        assertThat(ended.checks("failed", "warning")).containsExactly("Ec2AcceptsCalls");
        assertThat(ended.exit()).isZero();
        assertThat(ended.seen("Ec2AcceptsCalls"))
                .contains("EC2 would accept calls: 6")
                .contains("ec2:AssociateAddress of AssociateEip: not asked, as the group has no instance")
                .contains("ec2:DisassociateAddress of DisassociateEip: not asked, as no address of"
                        + " Application=ForwardProxy is in use");
        assertThat(wire.operations()).doesNotContain("AssociateAddress", "DisassociateAddress");
    }

    @Test
    void warnsWhenThePoolHasNoAddressToAskAbout() {
        account.launchWithAddress();

        assertThat(run("--dry-run", "--tag", "Service=mail").seen("Ec2AcceptsCalls"))
                .contains("ec2:AssociateAddress of AssociateEip: not asked, as Service=mail has no address");
    }

    @Test
    void aDryRunThatIsAnsweredOtherwiseIsNoPass() {
        account.launchWithAddress();
        wire.answer("AssociateAddress", Wire.ec2Error(400, "InvalidInstanceID", "There are multiple interfaces"));
        assertNotChecked("could not look: ec2:AssociateAddress answered InvalidInstanceID: There are multiple");

        wire.answer("AssociateAddress", Wire.xml(200, "<AssociateAddressResponse/>"));
        assertNotChecked("answered as if it were not a dry run");
    }

    @Test
    void asASessionOfAFunctionsRoleAsksForTheCallsOfThatFunctionOnly() {
        account.launchWithAddress();
        var session = account.session("AssociateEip");
        System.setProperty("aws.accessKeyId", session.accessKeyId());
        System.setProperty("aws.secretAccessKey", session.secretAccessKey());
        System.setProperty("aws.sessionToken", session.sessionToken());
        wire.forget();

        var askedAs =
                ", asked as arn:aws:sts::123456789012:assumed-role/" + account.resource("AssociateEipRole") + "/probe";
        assertThat(run("--dry-run").seen("Ec2AcceptsCalls")).isEqualTo("EC2 would accept calls: 2" + askedAs);
        assertThat(dryRuns()).containsExactlyInAnyOrder("DescribeInstances", "AssociateAddress");

        refuseDryRuns("AssociateAddress");
        var refused = run("--dry-run");
        assertThat(refused.seen("Ec2AcceptsCalls"))
                .contains("EC2 refuses ec2:AssociateAddress of AssociateEip" + askedAs);
        assertThat(refused.fix("Ec2AcceptsCalls")).contains("AssociateEipRole", "service control policies");
    }

    @Test
    void looksWithItsOwnCredentialsAndAsksWithThoseOfTheProfile(@TempDir Path home) throws IOException {
        account.launchWithAddress();
        var session = account.session("FindFreeEip");
        profile(home, "find-free-eip", session);
        wire.forget();

        var ended = run("--dry-run=find-free-eip");

        assertThat(ended.seen("Ec2AcceptsCalls"))
                .startsWith("EC2 would accept calls: 3, asked as arn:aws:sts::123456789012:assumed-role/")
                .endsWith("/probe");
        assertThat(dryRuns())
                .containsExactlyInAnyOrder("DescribeAddresses", "DescribeInstances", "DescribeAvailabilityZones");
        assertThat(wire.accessKeys("DescribeInstances")).containsExactly(session.accessKeyId());
        assertThat(wire.accessKeys("DescribeAddresses")).containsExactlyInAnyOrder("test", session.accessKeyId());
        assertThat(wire.accessKeys("DescribeAutoScalingGroups")).containsExactly("test");
    }

    @Test
    void aProfileWithoutCredentialsIsOneLineAndTheEndIsThree() throws Exception {
        assertOneLine(
                command(wire.url().toString(), "--group", GROUP, "--dry-run=absent"),
                "preflight: no credentials of the profile absent");
    }

    private void assertNotChecked(String seen) {
        var ended = run("--dry-run");

        assertThat(ended.checks("failed", "notChecked")).containsExactly("Ec2AcceptsCalls");
        assertThat(ended.checks("notChecked")).containsExactly("Ec2AcceptsCalls");
        assertThat(ended.seen("Ec2AcceptsCalls")).contains(seen);
        assertThat(ended.exit()).isEqualTo(3);
    }

    private void refuseDryRuns(String operation) {
        wire.answerFirst(
                operation,
                body -> body.contains("DryRun=true"),
                Wire.ec2Error(403, "UnauthorizedOperation", "You are not authorized to perform this operation."));
    }

    /** What was sent as one. */
    private List<String> dryRuns() {
        return Stream.of(
                        "DescribeAddresses",
                        "DescribeInstances",
                        "DescribeAvailabilityZones",
                        "AssociateAddress",
                        "DisassociateAddress")
                .filter(operation -> wire.sent(operation).stream().anyMatch(sent -> "true".equals(sent.get("DryRun"))))
                .toList();
    }

    private static void profile(Path home, String name, Credentials session) throws IOException {
        var config = Files.writeString(
                home.resolve("config"),
                "[profile " + name + "]\naws_access_key_id = " + session.accessKeyId() + "\naws_secret_access_key = "
                        + session.secretAccessKey() + "\naws_session_token = " + session.sessionToken() + "\n");
        System.setProperty("aws.configFile", config.toString());
    }
}
