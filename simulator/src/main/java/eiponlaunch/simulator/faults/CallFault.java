package eiponlaunch.simulator.faults;

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

    public static final CallFault NONE = new CallFault(Kind.NONE, null, 0, null);
    public static final CallFault TIMEOUT_BEFORE_EFFECT = new CallFault(Kind.TIMEOUT_BEFORE_EFFECT, null, 0, null);
    public static final CallFault TIMEOUT_AFTER_EFFECT = new CallFault(Kind.TIMEOUT_AFTER_EFFECT, null, 0, null);

    public static CallFault refused(String code, int status, String message) {
        return new CallFault(Kind.REFUSED, code, status, message);
    }
}
