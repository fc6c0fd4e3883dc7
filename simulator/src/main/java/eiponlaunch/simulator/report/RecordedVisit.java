package eiponlaunch.simulator.report;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.ArrayList;
import java.util.List;

/** One visit of a state by an execution, as far as it has come. */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
@JsonPropertyOrder({"state", "entered", "exited", "input", "output", "assigned", "attempts"})
final class RecordedVisit {
    private final int state;
    private final long entered;
    private final int input;
    private final List<RecordedAttempt> attempts = new ArrayList<>();
    private long exited = -1;
    private int output = ValuePool.NONE;
    private int assigned = ValuePool.NONE;

    /** @param state number of its {@link StateName} */
    RecordedVisit(int state, long entered, int input) {
        this.state = state;
        this.entered = entered;
        this.input = input;
    }

    void exit(long at, int result, int variables) {
        exited = at;
        output = result;
        assigned = variables;
    }

    void schedule(RecordedAttempt attempt) {
        attempts.add(attempt);
    }

    /** The attempt under way; one that failed before it could be scheduled began now. */
    RecordedAttempt takeAttempt(long now) {
        var last = attempts.size() - 1;
        return last >= 0 && attempts.get(last).ended() < 0
                ? attempts.remove(last)
                : RecordedAttempt.scheduled(now, ValuePool.NONE);
    }

    public int getState() {
        return state;
    }

    public long getEntered() {
        return entered;
    }

    /** -1 when the execution stopped in this state. */
    public long getExited() {
        return exited;
    }

    public int getInput() {
        return input;
    }

    public int getOutput() {
        return output;
    }

    public int getAssigned() {
        return assigned;
    }

    public List<RecordedAttempt> getAttempts() {
        return attempts;
    }
}
