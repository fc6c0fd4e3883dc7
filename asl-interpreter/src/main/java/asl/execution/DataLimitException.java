package asl.execution;

import asl.definition.ErrorNames;

/** A value is larger than Step Functions allows. The state fails with States.DataLimitExceeded. */
final class DataLimitException extends StateException {
    private DataLimitException(String message) {
        super(ErrorNames.DATA_LIMIT_EXCEEDED, message);
    }

    /** The words are those of AWS for a result; for the other values the first part says which one it is. */
    static DataLimitException of(String state, String value) {
        return new DataLimitException("The state/task '" + state + "' " + value
                + " with a size exceeding the maximum number of bytes service limit.");
    }
}
