package asl.execution;

import static asl.execution.Workbench.json;
import static org.assertj.core.api.Assertions.assertThat;

import asl.time.Seed;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HistoryTest {
    private static final String RANDOM = """
            'T': {'Type': 'Task', 'Resource': 'work', 'Next': 'W', 'Arguments': ['{% $random() %}', '{% $uuid() %}'],
                  'Retry': [{'ErrorEquals': ['E'], 'IntervalSeconds': 9, 'JitterStrategy': 'FULL'}]},
            'W': {'Type': 'Wait', 'Seconds': '{% $floor($random() * 1000) %}', 'End': true}""";

    @Test
    void aHistoryHasTheEventsOfGetExecutionHistory() {
        var bench = new Workbench();
        bench.thenFail("E").thenSucceed("1").thenFail("X");
        var execution = bench.run("""
                'P': {'Type': 'Pass', 'Assign': {'v': 1}, 'Next': 'T'},
                'T': {'Type': 'Task', 'Resource': 'work', 'Arguments': 5, 'TimeoutSeconds': 3, 'Retry': [{'ErrorEquals': ['E']}], 'Next': 'C'},
                'C': {'Type': 'Choice', 'Choices': [{'Condition': '{% true %}', 'Next': 'W'}]},
                'W': {'Type': 'Wait', 'Seconds': 1, 'Next': 'U'},
                'U': {'Type': 'Task', 'Resource': 'work', 'Catch': [{'ErrorEquals': ['X'], 'Next': 'S'}], 'End': true},
                'S': {'Type': 'Succeed'}""", "{}");

        assertThat(bench.eventTypes())
                .containsExactly(
                        "ExecutionStarted",
                        "PassStateEntered",
                        "PassStateExited",
                        "TaskStateEntered",
                        "TaskScheduled",
                        "TaskStarted",
                        "TaskFailed",
                        "TaskScheduled",
                        "TaskStarted",
                        "TaskSucceeded",
                        "TaskStateExited",
                        "ChoiceStateEntered",
                        "ChoiceStateExited",
                        "WaitStateEntered",
                        "WaitStateExited",
                        "TaskStateEntered",
                        "TaskScheduled",
                        "TaskStarted",
                        "TaskFailed",
                        "TaskStateExited",
                        "SucceedStateEntered",
                        "SucceedStateExited",
                        "ExecutionSucceeded");
        assertThat(bench.events)
                .extracting(HistoryEvent::id)
                .isEqualTo(
                        IntStream.rangeClosed(1, 23).mapToObj(id -> (long) id).toList());
        assertThat(execution.historyEvents()).isEqualTo(23);
        assertThat(bench.events.get(2).details()).isEqualTo(json("{'output': {}, 'assignedVariables': {'v': 1}}"));
        assertThat(bench.events.get(4).details()).hasToString("{resource=work, parameters=5, timeoutInSeconds=3}");
        assertThat(bench.events.get(6).details()).hasToString("{error=E, cause=cause of E, retryDelayMillis=1000}");
        assertThat(bench.events.get(7).timestamp()).isEqualTo(Workbench.START.plusSeconds(1));
        assertThat(bench.events.get(18).details()).isEqualTo(json("{'error': 'X', 'cause': 'cause of X'}"));
    }

    @Test
    void aFailedExecutionEndsWithItsErrorAndCause() {
        var bench = new Workbench();
        bench.run("'F': {'Type': 'Fail', 'Error': 'Mine', 'Cause': 'why'}", "{}");

        assertThat(bench.eventTypes()).containsExactly("ExecutionStarted", "FailStateEntered", "ExecutionFailed");
        assertThat(bench.events.get(2).details()).isEqualTo(json("{'error': 'Mine', 'cause': 'why'}"));
        assertThat(bench.events.get(2).stateName()).isNull();
    }

    @Test
    void listenersChangeNothing() {
        var watched = new Workbench();
        var one = watched.run("'S': {'Type': 'Succeed'}", "{}");
        var unwatched = new StepFunctions(watched.time, new Seed(1), () -> Duration.ZERO, Map.of());
        var other = unwatched.startExecution(
                unwatched.createStateMachine("m", one.machine().definition()), "e", json("{}"));
        watched.time.runUntilIdle();

        assertThat(other.historyEvents()).isEqualTo(one.historyEvents()).isEqualTo(4);
        assertThat(watched.events).hasSize(4);
    }

    @Test
    void sameSeedGivesTheSameHistory() {
        assertThat(history(7, 3).toString()).isEqualTo(history(7, 3).toString());
    }

    @Test
    void anotherSeedGivesAnotherHistory() {
        assertThat(history(8, 3)).isNotEqualTo(history(7, 3));
    }

    @Test
    void executionsDrawIndependentlyOfEachOther() {
        var alone = history(7, 1);
        var amongOthers = history(7, 5);

        assertThat(amongOthers).containsAll(alone);
        assertThat(amongOthers.stream()
                        .filter(event -> event.type().equals("TaskScheduled"))
                        .map(HistoryEvent::details)
                        .distinct())
                .as("every attempt has its own random arguments")
                .hasSize(10);
    }

    @Test
    void aSeedGivesTheSameNumbersOnEveryMachine() {
        var random = new Seed(42).random("arn:aws:states:us-east-1:123456789012:execution:m:e");

        assertThat(random.nextLong()).isEqualTo(-3803122289578295145L);
    }

    private static List<HistoryEvent> history(long seed, int executions) {
        var bench = new Workbench(seed);
        bench.always((completion, time) -> {
            var first = bench.requests.get(bench.requests.size() - 1).attempt() == 0;
            time.after(Duration.ofSeconds(1), () -> {
                if (first) {
                    completion.fail("E", null);
                } else {
                    completion.succeed(1);
                }
            });
        });
        var arn = bench.create("m", RANDOM);
        for (var i = 0; i < executions; i++) {
            bench.stepFunctions.startExecution(arn, "e" + i, json("{}"));
        }
        bench.time.runUntilIdle();
        return bench.events;
    }
}
