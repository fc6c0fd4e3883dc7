package eiponlaunch.simulator.invariants;

import java.util.Locale;

/** The reason that a rule gives when a launch or termination did not continue. */
public enum Cause {
    NO_FREE_ADDRESS,
    /** EC2's rate does not serve so many before the deadline. */
    TOO_MANY_LAUNCHES,
    /** Somebody else gave the instance an address, which the workflow leaves it. */
    OTHER_EIP,
    INSTANCE_TERMINATED,
    EVENT_TOO_LATE,
    HEARTBEAT_CUT_SHORT,
    PERMISSION_MISSING,
    CALL_REFUSED,
    AWS_FAILED_TOO_LONG,
    NO_INTERNET_GATEWAY,
    EVENT_MALFORMED,
    /** Nobody's: a rule is broken. */
    UNEXPLAINED;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
