package eiponlaunch.engines;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** x */
class PreflightOverTheWireIT {
    private static final String ALLOWED =
            "<SimulatePrincipalPolicyResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\">"
                    + "<SimulatePrincipalPolicyResult><IsTruncated>false</IsTruncated><EvaluationResults><member>"
                    + "<EvalActionName>a</EvalActionName><EvalDecision>allowed</EvalDecision></member></EvaluationResults>"
                    + "</SimulatePrincipalPolicyResult></SimulatePrincipalPolicyResponse>";
    private final Wire wire = new Wire();
    private final ProxyAccount account = new ProxyAccount(Endpoints.moto());

    PreflightOverTheWireIT() {
        wire.passOn(Endpoints.moto());
        wire.passOnTarget("AWSEvents.TestEventPattern", Endpoints.ministack());
        wire.rewrite(
                "DescribeStacks",
                Endpoints.moto(),
                stacks -> stacks.replaceAll("\\['|(&#x27;|')\\]", "").replace("', '", ","));
        wire.answer("SimulatePrincipalPolicy", Wire.xml(200, ALLOWED));
    }

    @Test
    void good() throws Exception {
        var p = new ProcessBuilder("../preflight", "--group", account.group, "--stack", account.stack);
        p.environment()
                .putAll(Map.of(
                        "AWS_ENDPOINT_URL",
                        wire.url().toString(),
                        "AWS_REGION",
                        "eu-west-1",
                        "AWS_ACCESS_KEY_ID",
                        "t",
                        "AWS_SECRET_ACCESS_KEY",
                        "t"));
        var q = p.redirectErrorStream(true).start();
        System.out.println(new String(q.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        System.out.println(q.waitFor());
        System.out.println(wire.operations());
    }
}
