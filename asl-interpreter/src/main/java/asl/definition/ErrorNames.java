package asl.definition;

import java.util.Set;

/**
 * The error names that the language reserves, and how a list of names matches an error.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html">Handling errors in
 *     Step Functions workflows</a>
 */
public final class ErrorNames {
    public static final String ALL = "States.ALL";
    public static final String DATA_LIMIT_EXCEEDED = "States.DataLimitExceeded";
    public static final String NO_CHOICE_MATCHED = "States.NoChoiceMatched";
    public static final String QUERY_EVALUATION_ERROR = "States.QueryEvaluationError";
    public static final String RUNTIME = "States.Runtime";
    public static final String TASK_FAILED = "States.TaskFailed";
    public static final String TIMEOUT = "States.Timeout";

    private static final String RESERVED = "States.";
    private static final Set<String> KNOWN = Set.of(
            ALL,
            DATA_LIMIT_EXCEEDED,
            NO_CHOICE_MATCHED,
            QUERY_EVALUATION_ERROR,
            RUNTIME,
            TASK_FAILED,
            TIMEOUT,
            "States.HeartbeatTimeout",
            "States.Permissions");

    private ErrorNames() {}

    /** Whether a retrier or catcher may name this error: any name of your own, but only known reserved names. */
    static boolean mayBeNamed(String name) {
        return !name.startsWith(RESERVED) || KNOWN.contains(name);
    }

    /** Whether an ErrorEquals list covers an error. States.Runtime is terminal: nothing covers it. */
    public static boolean match(Iterable<String> errorEquals, String error) {
        if (error.equals(RUNTIME)) {
            return false;
        }
        for (var name : errorEquals) {
            if (name.equals(error)
                    || name.equals(ALL) && !error.equals(DATA_LIMIT_EXCEEDED)
                    || name.equals(TASK_FAILED) && !error.equals(TIMEOUT)) {
                return true;
            }
        }
        return false;
    }
}
