package asl.execution;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What $states.context says of an execution and of the state it is in.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html">Accessing
 *     execution data from the Context object</a>
 */
final class ContextObject {
    private static final DateTimeFormatter WITH_MILLIS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private final Map<String, Object> execution = new LinkedHashMap<>();
    private final Map<String, Object> stateMachine = new LinkedHashMap<>();
    private Instant lastEntered;
    private String lastEnteredTime;

    ContextObject(Execution of) {
        execution.put("Id", of.arn());
        execution.put("Input", JsonataValues.in(of.input()));
        execution.put("Name", of.name());
        execution.put("RoleArn", of.machine().roleArn());
        execution.put("StartTime", format(of.start()));
        stateMachine.put("Id", of.machine().arn());
        stateMachine.put("Name", of.stateMachineName());
    }

    static String format(Instant instant) {
        return WITH_MILLIS.format(instant);
    }

    /** One visit asks several times. */
    private String enteredTime(Instant entered) {
        if (!entered.equals(lastEntered)) {
            lastEntered = entered;
            lastEnteredTime = format(entered);
        }
        return lastEnteredTime;
    }

    /** In the form that JSONata takes. */
    Map<String, Object> in(String stateName, Instant entered, int retryCount, Optional<MapItem> item) {
        var state = new LinkedHashMap<String, Object>();
        state.put("EnteredTime", enteredTime(entered));
        state.put("Name", stateName);
        state.put("RetryCount", retryCount);
        var context = new LinkedHashMap<String, Object>();
        context.put("Execution", execution);
        context.put("State", state);
        context.put("StateMachine", stateMachine);
        item.ifPresent(of -> context.put("Map", of.toContext()));
        return context;
    }
}
