package eiponlaunch.simulator.world.api;

/**
 * A documented request rate: a bucket of tokens and how fast it fills.
 *
 * @param tokens size of the bucket
 * @param perSecond tokens that come back each second
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/throttling.html">Request throttling for the EC2
 *     API</a>
 */
public record Rate(double tokens, double perSecond) {
    /** Never throttles. */
    public static final Rate UNLIMITED = new Rate(Double.MAX_VALUE, 0);

    /** What is left of it where somebody asks for no more than the other. */
    public Rate noMoreThan(Rate other) {
        return equals(UNLIMITED)
                ? other
                : new Rate(Math.min(tokens, other.tokens), Math.min(perSecond, other.perSecond));
    }
}
