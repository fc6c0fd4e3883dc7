package eiponlaunch.simulator.report;

import com.fasterxml.jackson.annotation.JsonFormat;

/**
 * One attempt at a task. Values are numbers of the {@link ValuePool}, times are milliseconds from the first event.
 *
 * @param scheduled when it was scheduled
 * @param ended when it succeeded, failed or timed out; -1 when its execution stopped first
 * @param parameters what was sent
 * @param output what came back
 * @param error name of the error
 * @param cause the error's cause
 * @param retryDelay milliseconds until the next attempt; -1 when this was the last one
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
record RecordedAttempt(long scheduled, long ended, int parameters, int output, int error, int cause, long retryDelay) {
    static RecordedAttempt scheduled(long scheduled, int parameters) {
        return new RecordedAttempt(scheduled, -1, parameters, ValuePool.NONE, ValuePool.NONE, ValuePool.NONE, -1);
    }

    RecordedAttempt succeeded(long ended, int output) {
        return new RecordedAttempt(scheduled, ended, parameters, output, error, cause, retryDelay);
    }

    RecordedAttempt failed(long ended, int error, int cause, long retryDelay) {
        return new RecordedAttempt(scheduled, ended, parameters, output, error, cause, retryDelay);
    }
}
