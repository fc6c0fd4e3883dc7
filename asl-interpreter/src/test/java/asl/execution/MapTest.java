package asl.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MapTest {
    private static final String WORK = "'Work': {'Type': 'Task', 'Resource': 'work', 'End': true}";

    private final Workbench bench = new Workbench();

    @Test
    void givesTheOutputsInTheOrderOfTheItemsWhicheverEndsFirst() {
        bench.thenAfter(Duration.ofSeconds(2), end -> end.succeed("slow")).thenSucceed("'quick'");

        var execution = bench.run(map(WORK, "'Items': [1, 2]"), "{}");

        assertThat(execution.output()).isEqualTo(List.of("slow", "quick"));
    }

    @Test
    void itsInputIsTheArrayAndAnItemTheInputOfAnIterationUnlessToldOtherwise() {
        var execution = bench.run(map("'I': {'Type': 'Pass', 'End': true}", ""), "[1, {'a': 2}, null]");

        assertThat(execution.output()).isEqualTo(Workbench.json("[1, {'a': 2}, null]"));
    }

    @Test
    void noItemsGiveNoOutputs() {
        var execution = bench.run(map(WORK, ""), "[]");

        assertThat(execution.output()).isEqualTo(List.of());
        assertThat(bench.eventTypes()).containsSequence("MapStateStarted", "MapStateSucceeded", "MapStateExited");
    }

    @Test
    void anItemSelectorSeesTheItemItsIndexAndTheInputOfTheMap() {
        var execution = bench.run(
                map(
                        "'I': {'Type': 'Pass', 'End': true}",
                        "'Items': '{% $states.input.list %}', 'ItemSelector': {"
                                + "'index': '{% $states.context.Map.Item.Index %}',"
                                + "'value': '{% $states.context.Map.Item.Value %}', 'more': '{% $states.input.more %}'}"),
                "{'list': ['a', 'b'], 'more': 7}");

        assertThat(execution.output())
                .isEqualTo(Workbench.json(
                        "[{'index': 0, 'value': 'a', 'more': 7}, {'index': 1, 'value': 'b', 'more': 7}]"));
    }

    @Test
    void statesInsideSeeTheItemInTheContextAndStatesAfterDoNot() {
        var execution = bench.run(
                "'M': {'Type': 'Map', 'Next': 'After', 'ItemProcessor': {'StartAt': 'I', 'States': {'I': {'Type': 'Pass',"
                        + "'Output': '{% $states.context.Map.Item.Value * 10 %}', 'End': true}}}},"
                        + "'After': {'Type': 'Pass', 'End': true,"
                        + "'Output': {'all': '{% $states.input %}', 'inside': '{% $exists($states.context.Map) %}'}}",
                "[1, 2]");

        assertThat(execution.output()).isEqualTo(Workbench.json("{'all': [10, 20], 'inside': false}"));
    }

    @Test
    void neverRunsMoreIterationsAtATimeThanMaxConcurrency() {
        bench.always((end, time) -> time.after(Duration.ofSeconds(1), () -> end.succeed("done")));

        bench.run(map(WORK, "'MaxConcurrency': '{% 2 %}'"), "[1, 2, 3, 4, 5]");

        assertThat(bench.requestMillis()).containsExactly(0L, 0L, 1000L, 1000L, 2000L);
    }

    @Test
    void runsFortyIterationsAtATimeWithoutALimit() {
        bench.always((end, time) -> time.after(Duration.ofSeconds(1), () -> end.succeed("done")));

        bench.run(map(WORK, "'Items': '{% [1..41] %}', 'MaxConcurrency': 0"), "{}");

        assertThat(bench.requestMillis()).hasSize(41).endsWith(0L, 1000L);
    }

    @Test
    void iterationsReadOuterVariablesAndKeepTheirOwnApart() {
        var execution = bench.run(
                "'Set': {'Type': 'Pass', 'Assign': {'outer': 5}, 'Next': 'M'},"
                        + "'M': {'Type': 'Map', 'Items': [1, 2], 'Next': 'After', 'ItemProcessor': {'StartAt': 'I', 'States': {"
                        + "'I': {'Type': 'Pass', 'Assign': {'inner':"
                        + "'{% ($exists($inner) ? $inner : 0) + $outer + $states.input %}'}, 'Next': 'J'},"
                        + "'J': {'Type': 'Pass', 'Output': '{% $inner %}', 'End': true}}}},"
                        + "'After': {'Type': 'Pass', 'Output': ['{% $states.input %}', '{% $exists($inner) %}'], 'End': true}",
                "{}");

        assertThat(execution.output()).isEqualTo(List.of(List.of(6, 7), false));
    }

    @Test
    void assignAndOutputSeeTheResult() {
        var execution = bench.run(
                "'M': {'Type': 'Map', 'Next': 'After', 'Assign': {'all': '{% $states.result %}'},"
                        + "'Output': '{% $count($states.result) %}',"
                        + "'ItemProcessor': {'StartAt': 'I', 'States': {'I': {'Type': 'Pass', 'End': true}}}},"
                        + "'After': {'Type': 'Pass', 'Output': ['{% $states.input %}', '{% $all %}'], 'End': true}",
                "[3, 4]");

        assertThat(execution.output()).isEqualTo(List.of(2, List.of(3, 4)));
    }

    @Test
    void oneFailedIterationFailsTheMapAndStopsTheOthers() {
        bench.thenAfter(Duration.ofSeconds(9), end -> end.succeed("late"))
                .thenAfter(Duration.ofSeconds(1), end -> end.fail("E", "why"));

        var execution = bench.run(map(WORK, "'MaxConcurrency': 2"), "[1, 2, 3]");

        assertThat(execution.error()).contains("E");
        assertThat(execution.cause()).contains("why");
        assertThat(execution.stop()).contains(Workbench.START.plusSeconds(1));
        assertThat(bench.requests).as("the third was never started").hasSize(2);
        assertThat(bench.eventTypes())
                .endsWith(
                        "TaskFailed", "MapIterationFailed", "MapIterationAborted", "MapStateFailed", "ExecutionFailed");
    }

    @Test
    void aWaitInsideAFailedMapIsCancelled() {
        bench.thenFail("E");

        var execution = bench.run(
                map(
                        "'Odd': {'Type': 'Choice', 'Choices': [{'Condition': '{% $states.input = 1 %}', 'Next': 'Long'}],"
                                + "'Default': 'Work'}, 'Long': {'Type': 'Wait', 'Seconds': 100, 'End': true}, "
                                + WORK,
                        ""),
                "[1, 2]");

        assertThat(execution.error()).contains("E");
        assertThat(bench.time.now()).isEqualTo(Workbench.START);
    }

    @Test
    void itsCatcherTakesTheErrorOfAnIteration() {
        bench.thenFail("E");

        var execution = bench.run(
                "'M': {'Type': 'Map', 'End': true, 'ItemProcessor': {'StartAt': 'Work', 'States': {" + WORK + "}},"
                        + "'Catch': [{'ErrorEquals': ['E'], 'Assign': {'e': '{% $states.errorOutput.Error %}'}, 'Next': 'Caught'}]},"
                        + "'Caught': {'Type': 'Pass', 'Output': ['{% $e %}', '{% $states.input.Cause %}'], 'End': true}",
                "[1]");

        assertThat(execution.output()).isEqualTo(List.of("E", "cause of E"));
    }

    @Test
    void itsRetrierRunsAllIterationsAgain() {
        bench.thenSucceed("'a'").thenFail("E").thenSucceed("'c'").thenSucceed("'d'");

        var execution = bench.run(
                map(WORK, "'MaxConcurrency': 1, 'Retry': [{'ErrorEquals': ['E'], 'IntervalSeconds': 4}]"), "[1, 2]");

        assertThat(execution.output()).isEqualTo(List.of("c", "d"));
        assertThat(bench.requestMillis()).containsExactly(0L, 0L, 4000L, 4000L);
        assertThat(bench.eventTypes().stream().filter("MapStateStarted"::equals))
                .hasSize(2);
        assertThat(bench.eventTypes()).doesNotContain("MapStateFailed");
    }

    @Test
    void itemsThatAreNoArrayFailTheMapInAWayThatItCatches() {
        var execution = bench.run(
                "'M': {'Type': 'Map', 'End': true, 'Items': '{% 5 %}', 'ItemProcessor': {'StartAt': 'Work', 'States': {"
                        + WORK + "}}, 'Catch': [{'ErrorEquals': ['States.QueryEvaluationError'], 'Next': 'Caught'}]},"
                        + "'Caught': {'Type': 'Pass', 'Output': '{% $states.input.Cause %}', 'End': true}",
                "{}");

        assertThat(execution.output())
                .asString()
                .contains("the field 'Items' returned an unexpected result. Expected an array, but got 5.");
    }

    @Test
    void anItemSelectorThatFailsFailsTheMap() {
        var execution =
                bench.run(map(WORK, "'Items': [1], 'ItemSelector': {'a': '{% $states.input.missing %}'}"), "{}");

        assertThat(execution.error()).contains("States.QueryEvaluationError");
        assertThat(execution.cause().orElseThrow()).contains("the state 'M'").contains("'ItemSelector/a'");
    }

    @Test
    void aTimeoutOfTheExecutionEndsItsIterations() {
        bench.always((end, time) -> time.after(Duration.ofSeconds(60), () -> end.succeed("late")));

        var execution = bench.run(map(WORK, "") + ";;'TimeoutSeconds': 5", "[1, 2]");

        assertThat(execution.status()).isEqualTo(ExecutionStatus.TIMED_OUT);
        assertThat(bench.eventTypes()).endsWith("ExecutionTimedOut").doesNotContain("MapIterationSucceeded");
    }

    @Test
    void billsAStateTransitionForTheMapAndForEachStateInside() {
        var execution = bench.run(map("'I': {'Type': 'Pass', 'End': true}", ""), "[1, 2, 3]");

        assertThat(execution.stateTransitions()).isEqualTo(4);
    }

    @Test
    void aMapInsideAMapSeesItsOwnItem() {
        var execution = bench.run(
                map(
                        "'Inner': {'Type': 'Map', 'End': true, 'ItemProcessor': {'StartAt': 'I', 'States': {'I': {'Type': 'Pass',"
                                + "'Output': '{% $states.context.Map.Item.Value + 1 %}', 'End': true}}}}",
                        ""),
                "[[1, 2], [3]]");

        assertThat(execution.output()).isEqualTo(List.of(List.of(2, 3), List.of(4)));
    }

    @Test
    void aHistoryThatIsFullEndsTheExecutionInTheMiddleOfAMap() {
        var execution = bench.run(map("'I': {'Type': 'Pass', 'End': true}", "'Items': '{% [1..9000] %}'"), "{}");

        assertThat(execution.error()).contains("States.Runtime");
        assertThat(execution.historyEvents()).isLessThanOrEqualTo(Quotas.HISTORY_EVENTS);
    }

    @Test
    void eventsOfIterationsNameTheMapAndTheIndex() {
        bench.run(map("'I': {'Type': 'Pass', 'End': true}", ""), "[1]");

        assertThat(bench.events)
                .filteredOn(event -> event.type().startsWith("MapIteration"))
                .extracting(HistoryEvent::details)
                .containsExactly(Map.of("name", "M", "index", 0), Map.of("name", "M", "index", 0));
    }

    private static String map(String states, String more) {
        var first = states.substring(states.indexOf('\'') + 1, states.indexOf('\'', states.indexOf('\'') + 1));
        return "'M': {'Type': 'Map', 'End': true, 'ItemProcessor': {'ProcessorConfig': {'Mode': 'INLINE'}, 'StartAt': '"
                + first + "', 'States': {" + states + "}}" + (more.isEmpty() ? "" : ", " + more) + "}";
    }
}
