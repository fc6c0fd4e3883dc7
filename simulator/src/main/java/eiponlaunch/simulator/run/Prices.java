package eiponlaunch.simulator.run;

/**
 * What AWS charges, in US dollars. The free tier is left out, and so are logs and traces.
 *
 * @param perMillionInvocations Lambda requests
 * @param perGbSecondArm64 Lambda duration on arm64
 * @param perGbSecondX86 Lambda duration on x86_64
 * @param perThousandTransitions state transitions of Standard workflows
 * @see <a href="https://aws.amazon.com/lambda/pricing/">Lambda pricing</a>
 * @see <a href="https://aws.amazon.com/step-functions/pricing/">Step Functions pricing</a>
 */
public record Prices(
        double perMillionInvocations, double perGbSecondArm64, double perGbSecondX86, double perThousandTransitions) {

    /** Published for us-east-1. */
    public static Prices published() {
        return new Prices(0.20, 0.0000133334, 0.0000166667, 0.025);
    }

    /** @param architecture arm64 or x86_64 */
    double dollars(long invocations, double gbSeconds, String architecture, long transitions) {
        var perGbSecond = architecture.equals("arm64") ? perGbSecondArm64 : perGbSecondX86;
        return invocations * perMillionInvocations / 1e6
                + gbSeconds * perGbSecond
                + transitions * perThousandTransitions / 1000;
    }
}
