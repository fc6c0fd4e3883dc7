package eiponlaunch.simulator.faults;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The faults that a run may be given, by the names of {@code --faults}. */
public enum FaultName {
    THROTTLE("AWS throttles a call although its bucket has tokens: others use the account too"),
    GROUP_THROTTLED(
            "Auto Scaling throttles every question about a group, as it may do when the group has many instances"),
    SERVER_ERROR("AWS answers with 500"),
    TIMEOUT_BEFORE_EFFECT("A call is lost on its way"),
    TIMEOUT_AFTER_EFFECT("A call's response is lost"),
    LAMBDA_CRASH_BEFORE("An execution environment dies before the handler does anything"),
    LAMBDA_CRASH_AFTER("An execution environment dies before it answers"),
    LAMBDA_THROTTLE("Lambda has no execution environment to give"),
    LAMBDA_TIMEOUT("A function does its work, but not in time"),
    LAMBDA_LATE("Lambda runs a function seconds to minutes late, perhaps after Step Functions has given it up"),
    LAMBDA_TWICE("Lambda runs a function once more, seconds to minutes later, for an answer that nobody reads"),
    DUPLICATE_EVENT("EventBridge delivers an event twice"),
    LATE_EVENT("EventBridge delivers an event minutes late"),
    INSTANCE_TERMINATED("Somebody terminates the launching instance"),
    ADDRESS_RELEASED("Somebody releases an address of the pool"),
    ADDRESS_STOLEN("Somebody outside takes an address of the pool from its instance"),
    HOOK_EXPIRED("The hook's heartbeat ends early"),
    STALE_READ("A Describe call reads what was up to two seconds ago"),
    ADDRESS_REFUSED("EC2 shows an address free and refuses to associate it, always with the same code"),
    ADDRESS_TOO_NEW("EC2 refuses to associate new addresses for some minutes"),
    ADDRESS_GHOST("EC2 shows an address free and says that it is associated or does not exist"),
    OWN_PAIR_REFUSED("EC2 refuses to associate a pair that is associated already"),
    PAST_ASSOCIATION_REFUSED("EC2 refuses to end an association that has ended already"),
    GONE_DENIED(
            "EC2 denies a call for an address or an association that is gone, as it finds no tags that would allow it"),
    INSTANCE_UNKNOWN("EC2's calls do not know a new instance for up to a minute"),
    MISSING_PERMISSION("A role lacks the permission for one API throughout the run"),
    PERMISSION_LATE("IAM does not know a role's permission for one API yet, for up to two minutes"),
    OUTAGE_OF_LAMBDA("Lambda answers nothing but errors for a while, 10 seconds to 10 minutes"),
    OUTAGE_OF_EC2("EC2 answers nothing but errors for a while, 10 seconds to 10 minutes"),
    OUTAGE_OF_AUTO_SCALING("Auto Scaling answers nothing but errors for a while, 10 seconds to 10 minutes"),
    OUTAGE_OF_STEP_FUNCTIONS("Step Functions starts no execution for a while, 10 seconds to 10 minutes");

    private final String description;

    FaultName(String description) {
        this.description = description;
    }

    /** What goes wrong, as a sentence without its full stop. */
    public String description() {
        return description;
    }

    /**
     * Reads the value of {@code --faults}.
     *
     * @param text all, none, or names separated by commas
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
                .orElseThrow(() -> new IllegalArgumentException("\"" + name + "\" is not a fault; there are all, none, "
                        + Arrays.stream(values()).map(FaultName::toString).collect(Collectors.joining(", "))));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
