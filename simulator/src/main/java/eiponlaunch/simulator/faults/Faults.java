package eiponlaunch.simulator.faults;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Decides what goes wrong. It is asked once for each call, invocation, read and launch, in the order in which they
 * happen.
 */
public interface Faults {
    Faults NONE = new Faults() {};

    /** @param api the name of the API call, such as AssociateAddress */
    default CallFault onCall(String api, Instant now) {
        return CallFault.NONE;
    }

    /** @param function the function's logical ID, such as AssociateEip */
    default InvocationFault onInvocation(String function, Instant now) {
        return InvocationFault.NONE;
    }

    /** For an invocation that is late or runs twice: how much later than usual it runs. */
    default Duration onLateInvocation() {
        return Duration.ofSeconds(60);
    }

    /** How much older than usual what a Describe call reads is. */
    default Duration onRead() {
        return Duration.ZERO;
    }

    /** What EC2 refuses AssociateAddress with for an address that it shows free, for whatever instance; mostly nothing. */
    default CallFault onAddress(String allocationId, Instant now) {
        return CallFault.NONE;
    }

    /** Whether EC2 refuses to associate a pair that is associated already. */
    default boolean refusesOwnPair() {
        return false;
    }

    /**
     * Whether EC2 refuses to end an association that has ended already. Its reference calls DisassociateAddress idempotent,
     * and InvalidAssociationID.NotFound has been seen.
     *
     * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisassociateAddress.html">DisassociateAddress</a>
     */
    default boolean refusesPastAssociation() {
        return false;
    }

    /**
     * Whether EC2 denies AssociateAddress of an address that was released, and DisassociateAddress of an association that is over: it
     * authorizes a call before it looks for what the call names, and then finds no tags. An ID of another kind in place of an
     * association's has been seen to be authorized for a resource whose type and name are asterisks.
     */
    default boolean deniesWhatIsGone() {
        return false;
    }

    /**
     * A zone that is disrupted: EC2 fails DescribeInstances unless it names instances, none of them there.
     *
     * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstances.html">DescribeInstances</a>
     */
    default Optional<String> disruptedZone() {
        return Optional.empty();
    }

    /** Whether EC2 leaves these calls without an answer, in place of failing them. */
    default boolean disruptedZoneIsSilent() {
        return false;
    }

    /** How long after its launch EC2's calls do not know a new instance. */
    default Duration unknownFor(String instanceId) {
        return Duration.ZERO;
    }

    default LaunchFaults onLaunch() {
        return LaunchFaults.NONE;
    }

    /** As for a launch; an instance that terminates is not terminated once more. */
    default LaunchFaults onTermination() {
        return LaunchFaults.NONE;
    }
}
