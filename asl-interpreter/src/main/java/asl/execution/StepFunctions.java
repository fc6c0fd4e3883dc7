package asl.execution;

import static java.util.Objects.requireNonNull;

import asl.definition.Definition;
import asl.definition.Task;
import asl.time.Seed;
import asl.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Step Functions with Standard workflows, in virtual time: it holds state machines and runs executions of them. The
 * same seed and the same calls give the same history.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html">
 *     StartExecution</a>
 */
public final class StepFunctions {
    /** What an execution's name cannot have, beside the space and what comes before it. */
    private static final String NOT_IN_NAMES = "<>{}[]?*\"#%\\^|~`$&,;:/\177";

    private static final int LONGEST_NAME = 80;

    private final Engine engine;
    private final String home;
    private final Seed seed;
    private final List<ExecutionListener> listeners = new ArrayList<>();
    private final List<EvaluationListener> evaluationListeners = new ArrayList<>();
    private final Map<String, StateMachine> machines = new HashMap<>();
    private final Map<String, Execution> executions = new LinkedHashMap<>();

    /**
     * The integrations are given by resource ARN; the one for states:startExecution is there unless given. The
     * transition time is asked once for every state entered and every retry.
     */
    public StepFunctions(
            VirtualTime time, Seed seed, Supplier<Duration> transitionTime, Map<String, TaskIntegration> integrations) {
        this(StateMachine.HOME, time, seed, transitionTime, integrations);
    }

    /** As above, where ARNs begin with {@code home}, such as {@code arn:aws-cn:states:cn-north-1:123456789012:}. */
    public StepFunctions(
            String home,
            VirtualTime time,
            Seed seed,
            Supplier<Duration> transitionTime,
            Map<String, TaskIntegration> integrations) {
        requireNonNull(time, "time is null");
        requireNonNull(transitionTime, "transitionTime is null");
        this.home = requireNonNull(home, "home is null");
        this.seed = requireNonNull(seed, "seed is null");
        var all = new HashMap<String, TaskIntegration>(integrations);
        all.computeIfAbsent(StartExecutionIntegration.RESOURCE, resource -> new StartExecutionIntegration(this, seed));
        this.engine = new Engine(time, transitionTime, Map.copyOf(all), listeners, evaluationListeners);
    }

    /** Every listener is told of every event from now on; without listeners no event details are made. */
    public void addListener(ExecutionListener listener) {
        listeners.add(requireNonNull(listener, "listener is null"));
    }

    /** Every listener is told of every evaluation from now on; without listeners nothing is recorded. */
    public void addEvaluationListener(EvaluationListener listener) {
        evaluationListeners.add(requireNonNull(listener, "listener is null"));
    }

    public static String stateMachineArn(String name) {
        return StateMachine.arn(name);
    }

    /** Returns its ARN; refuses a name in use and a resource without an integration. */
    public String createStateMachine(String name, Definition definition) {
        for (var state : definition.allStates()) {
            if (state instanceof Task task && !engine.integrations().containsKey(task.resource())) {
                throw new IllegalArgumentException(
                        "state " + task.name() + ": there is no integration for the resource " + task.resource());
            }
        }
        var machine = new StateMachine(name, definition, home);
        if (machines.putIfAbsent(machine.arn(), machine) != null) {
            throw new IllegalArgumentException("there is a state machine " + name + " already");
        }
        return machine.arn();
    }

    /**
     * Starts an execution; its first state is entered after the time of one transition. With the name and the input of
     * a running execution it returns that one, so that a repeated call does no harm.
     */
    public Execution startExecution(String stateMachineArn, String name, Object input) {
        var machine = machines.get(stateMachineArn);
        if (machine == null) {
            throw new StateMachineDoesNotExistException(stateMachineArn);
        }
        if (!isName(name)) {
            throw new InvalidNameException(name);
        }
        if (!Quotas.fits(input)) {
            throw new ValidationException("The input has more than " + Quotas.PAYLOAD_BYTES + " bytes.");
        }
        var arn = machine.executionArn(name);
        var existing = executions.get(arn);
        if (existing != null) {
            if (existing.isRunning() && Objects.equals(existing.input(), input)) {
                return existing;
            }
            throw new ExecutionAlreadyExistsException(arn);
        }
        var execution = new Execution(machine, name, input, engine.time().now());
        executions.put(arn, execution);
        new ExecutionRun(engine, execution, seed.random(arn)).start();
        return execution;
    }

    private static boolean isName(String name) {
        return !name.isEmpty()
                && name.codePointCount(0, name.length()) <= LONGEST_NAME
                && name.chars().noneMatch(character -> character <= ' ' || NOT_IN_NAMES.indexOf(character) >= 0);
    }

    /** All executions, in the order in which they were started. */
    public Collection<Execution> executions() {
        return Collections.unmodifiableCollection(executions.values());
    }
}
