package asl.execution;

import java.util.LinkedHashMap;
import java.util.Map;

/** An error of a state, by name; the cause may be null. */
record ErrorOutput(String error, String cause) {

    /** As much of it as a failed execution keeps. */
    ErrorOutput cut() {
        return new ErrorOutput(Quotas.cut(error, Quotas.ERROR_CHARACTERS), Quotas.cut(cause, Quotas.CAUSE_CHARACTERS));
    }

    /** As a catcher sees it; without a Cause when there is none. */
    Map<String, Object> toJson() {
        return object("Error", "Cause");
    }

    /** As events show it. */
    Map<String, Object> toDetails() {
        return object("error", "cause");
    }

    private Map<String, Object> object(String errorField, String causeField) {
        var object = new LinkedHashMap<String, Object>();
        object.put(errorField, error);
        if (cause != null) {
            object.put(causeField, cause);
        }
        return object;
    }
}
