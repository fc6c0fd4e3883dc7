package eiponlaunch.simulator.report;

import asl.execution.ExecutionStatus;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.ArrayList;
import java.util.List;

/** One execution, as far as it has come; times are milliseconds from the first event. */
@JsonPropertyOrder({
    "stateMachine",
    "name",
    "instanceId",
    "token",
    "status",
    "started",
    "stopped",
    "input",
    "output",
    "error",
    "cause",
    "visits"
})
final class RecordedExecution {
    @JsonProperty
    private final String stateMachine;

    @JsonProperty
    private final String name;

    @JsonProperty
    private final String instanceId;

    @JsonProperty
    private final String token;

    @JsonProperty
    private final long started;

    @JsonProperty
    private final int input;

    @JsonProperty
    private final List<RecordedVisit> visits = new ArrayList<>();

    @JsonProperty
    private ExecutionStatus status = ExecutionStatus.RUNNING;

    @JsonProperty
    private long stopped = -1;

    @JsonProperty
    private int output = ValuePool.NONE;

    @JsonProperty
    private int error = ValuePool.NONE;

    @JsonProperty
    private int cause = ValuePool.NONE;

    /**
     * @param instanceId of the event that started it; empty when the event tells none
     * @param token the lifecycle action's, likewise
     */
    RecordedExecution(String stateMachine, String name, String instanceId, String token, long started, int input) {
        this.stateMachine = stateMachine;
        this.name = name;
        this.instanceId = instanceId;
        this.token = token;
        this.started = started;
        this.input = input;
    }

    void enter(RecordedVisit visit) {
        visits.add(visit);
    }

    RecordedVisit lastVisit() {
        return visits.get(visits.size() - 1);
    }

    void succeed(long at, int result) {
        status = ExecutionStatus.SUCCEEDED;
        stopped = at;
        output = result;
    }

    void stop(ExecutionStatus last, long at, int errorName, int errorCause) {
        status = last;
        stopped = at;
        error = errorName;
        cause = errorCause;
    }
}
