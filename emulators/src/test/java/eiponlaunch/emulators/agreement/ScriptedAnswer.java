package eiponlaunch.emulators.agreement;

/**
 * What one attempt at a task comes to: a result, or else an error with its cause, or else nothing before its timeout.
 *
 * @param result null for an error and for a timeout
 * @param error null for a result and for a timeout
 */
record ScriptedAnswer(Object result, String error, String cause) {
    static final ScriptedAnswer TIMEOUT = new ScriptedAnswer(null, null, null);

    static ScriptedAnswer result(Object result) {
        return new ScriptedAnswer(result, null, null);
    }

    static ScriptedAnswer error(String error, String cause) {
        return new ScriptedAnswer(null, error, cause);
    }
}
