package eiponlaunch.simulator.world;

import java.util.Set;

/**
 * What goes wrong with one API call.
 *
 * @param kind whether the call takes effect, and whether its answer arrives
 * @param code error code of a {@link Kind#REFUSED} call
 * @param status its HTTP status
 * @param message its message
 */
public record CallFault(Kind kind, String code, int status, String message) {
    public enum Kind {
        NONE,
        /** AWS answers with an error and does nothing. */
        REFUSED,
        /** The call is lost on its way. */
        TIMEOUT_BEFORE_EFFECT,
        /** The call takes effect, and its response is lost. */
        TIMEOUT_AFTER_EFFECT
    }

    private static final Set<String> THROTTLING = Set.of("RequestLimitExceeded", "Throttling", "ThrottlingException");

    public static final CallFault NONE = new CallFault(Kind.NONE, null, 0, null);
    public static final CallFault TIMEOUT_BEFORE_EFFECT = new CallFault(Kind.TIMEOUT_BEFORE_EFFECT, null, 0, null);
    public static final CallFault TIMEOUT_AFTER_EFFECT = new CallFault(Kind.TIMEOUT_AFTER_EFFECT, null, 0, null);

    /** What a refused or lost call is to its caller. */
    public Disturbance.Kind disturbance() {
        if (kind != Kind.REFUSED) {
            return Disturbance.Kind.NO_ANSWER;
        }
        if (THROTTLING.contains(code)) {
            return Disturbance.Kind.THROTTLED;
        }
        if (status == 401 || status == 403) {
            return Disturbance.Kind.DENIED;
        }
        return status >= 500 ? Disturbance.Kind.FAILED : Disturbance.Kind.REFUSED;
    }

    public static CallFault refused(String code, int status, String message) {
        return new CallFault(Kind.REFUSED, code, status, message);
    }
}
