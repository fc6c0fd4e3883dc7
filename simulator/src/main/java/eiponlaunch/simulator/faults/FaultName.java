package eiponlaunch.simulator.faults;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The faults that a run may be given, by the names of {@code --faults}. */
public enum FaultName {
    /** AWS throttles a call although its bucket has tokens: others use the account too. */
    THROTTLE,
    /** AWS answers with 500. */
    SERVER_ERROR,
    /** A call is lost on its way. */
    TIMEOUT_BEFORE_EFFECT,
    /** A call's response is lost. */
    TIMEOUT_AFTER_EFFECT,
    /** An execution environment dies before the handler does anything. */
    LAMBDA_CRASH_BEFORE,
    /** An execution environment dies before it answers. */
    LAMBDA_CRASH_AFTER,
    /** Lambda has no execution environment to give. */
    LAMBDA_THROTTLE,
    /** A function does its work, but not in time. */
    LAMBDA_TIMEOUT,
    /** Lambda runs a function seconds to minutes late, perhaps after Step Functions has given it up. */
    LAMBDA_LATE,
    /** Lambda runs a function once more, seconds to minutes later, for an answer that nobody reads. */
    LAMBDA_TWICE,
    /** EventBridge delivers an event twice. */
    DUPLICATE_EVENT,
    /** EventBridge delivers an event minutes late. */
    LATE_EVENT,
    /** Somebody terminates the launching instance. */
    INSTANCE_TERMINATED,
    /** Somebody releases an address of the pool. */
    ADDRESS_RELEASED,
    /** Somebody outside takes an address of the pool, from whoever has it. */
    ADDRESS_STOLEN,
    /** The hook's heartbeat ends early. */
    HOOK_EXPIRED,
    /** A Describe call reads what was up to two seconds ago. */
    STALE_READ,
    /** EC2 shows an address free and refuses to associate it, always with the same code. */
    ADDRESS_REFUSED,
    /** EC2 refuses to associate new addresses for some minutes. */
    ADDRESS_TOO_NEW,
    /** EC2 shows an address free and says that it is associated or does not exist. */
    ADDRESS_GHOST,
    /** EC2 refuses to associate a pair that is associated already. */
    OWN_PAIR_REFUSED,
    /** EC2's calls do not know a new instance for up to a minute. */
    INSTANCE_UNKNOWN,
    /** A role lacks the permission for one API throughout the run. */
    MISSING_PERMISSION,
    /** Lambda answers nothing but errors for a while, 10 seconds to 10 minutes. */
    OUTAGE_OF_LAMBDA,
    /** As above, EC2. */
    OUTAGE_OF_EC2,
    /** As above, Auto Scaling. */
    OUTAGE_OF_AUTO_SCALING,
    /** As above, Step Functions when an execution is to be started. */
    OUTAGE_OF_STEP_FUNCTIONS;

    /**
     * Reads the value of {@code --faults}.
     *
     * @param text all, none, or names parted by commas
     * @throws IllegalArgumentException for an unknown name; the message lists the known ones
     */
    public static Set<FaultName> parse(String text) {
        return switch (text) {
            case "all" -> EnumSet.allOf(FaultName.class);
            case "none" -> EnumSet.noneOf(FaultName.class);
            default ->
                Arrays.stream(text.split(","))
                        .map(name -> of(name.strip()))
                        .collect(Collectors.toCollection(() -> EnumSet.noneOf(FaultName.class)));
        };
    }

    private static FaultName of(String name) {
        return Arrays.stream(values())
                .filter(fault -> fault.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("\"" + name + "\" is no fault; there are all, none, "
                        + Arrays.stream(values()).map(FaultName::toString).collect(Collectors.joining(", "))));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
