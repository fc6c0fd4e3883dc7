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

    /**
     * What AWS charges for watching, in US dollars of us-east-1, beyond the free tier.
     *
     * @param alarm one metric's alarm of standard resolution, a month
     * @param dashboard a custom dashboard, a month
     * @param metric a custom metric, for each set of dimensions, a month; billed for the hours in which it is published
     * @param logGigabyte ingestion; what is kept for 30 days costs a small part of that
     * @param millionTraces traces recorded
     * @see <a href="https://aws.amazon.com/cloudwatch/pricing/">CloudWatch pricing</a>
     * @see <a href="https://aws.amazon.com/xray/pricing/">AWS X-Ray pricing</a>
     */
    public record Observation(double alarm, double dashboard, double metric, double logGigabyte, double millionTraces) {

        /** Published for us-east-1. */
        public static Observation published() {
            return new Observation(0.10, 3.00, 0.30, 0.50, 5.00);
        }
    }

    /** @param architecture arm64 or x86_64 */
    double dollars(long invocations, double gbSeconds, String architecture, long transitions) {
        var perGbSecond = architecture.equals("arm64") ? perGbSecondArm64 : perGbSecondX86;
        return invocations * perMillionInvocations / 1e6
                + gbSeconds * perGbSecond
                + transitions * perThousandTransitions / 1000;
    }
}
