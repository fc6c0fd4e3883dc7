package asl.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class RetryTest {
    private final Workbench bench = new Workbench();

    @Test
    void retriesThreeTimesAtDoublingIntervalsUnlessToldOtherwise() {
        var execution = failing("E").run(task("{'ErrorEquals': ['E']}"), "{}");

        assertThat(bench.requestMillis()).containsExactly(0L, 1000L, 3000L, 7000L);
        assertThat(execution.error()).contains("E");
        assertThat(execution.stop()).contains(Workbench.START.plusSeconds(7));
    }

    @Test
    void theDelayStopsGrowingAtTheCap() {
        failing("E")
                .run(
                        task("{'ErrorEquals': ['E'], 'IntervalSeconds': 2, 'MaxDelaySeconds': 5, 'MaxAttempts': 4}"),
                        "{}");

        assertThat(bench.requestMillis()).containsExactly(0L, 2000L, 6000L, 11000L, 16000L);
    }

    @Test
    void neverRetriesWithZeroAttempts() {
        var execution = failing("E")
                .run(task("{'ErrorEquals': ['E'], 'MaxAttempts': 0}, {'ErrorEquals': ['States.ALL']}"), "{}");

        assertThat(bench.requestMillis()).containsExactly(0L);
        assertThat(execution.stateTransitions()).isEqualTo(1);
    }

    @Test
    void succeedsOnTheLastAttemptItHas() {
        bench.thenFail("E").thenFail("E").thenSucceed("'done'");

        var execution = bench.run(task("{'ErrorEquals': ['E'], 'MaxAttempts': 2}"), "{}");

        assertThat(execution.output()).isEqualTo("done");
    }

    @Test
    void theFirstRetrierThatCoversAnErrorDecidesAlone() {
        var execution = failing("E")
                .run(
                        task(
                                "{'ErrorEquals': ['X', 'E'], 'MaxAttempts': 1, 'IntervalSeconds': 9}, {'ErrorEquals': ['States.ALL']}"),
                        "{}");

        assertThat(bench.requestMillis()).containsExactly(0L, 9000L);
        assertThat(execution.error()).contains("E");
    }

    @Test
    void eachRetrierCountsItsOwnAttempts() {
        // the example of the AWS page: the fourth error finds the first retrier used up
        bench.thenFail("A").thenFail("B").thenFail("C").thenFail("B");

        var execution = bench.run(
                task("{'ErrorEquals': ['A', 'B'], 'MaxAttempts': 2}, {'ErrorEquals': ['C'], 'IntervalSeconds': 5}"),
                "{}");

        assertThat(bench.requestMillis()).containsExactly(0L, 1000L, 3000L, 8000L);
        assertThat(execution.error()).contains("B");
    }

    @Test
    void aNewVisitOfTheStateStartsCountingAnew() {
        bench.thenFail("E").thenSucceed("1").thenFail("E").thenSucceed("2");

        var execution = bench.run("""
                'T': {'Type': 'Task', 'Resource': 'work', 'Next': 'Again',
                      'Retry': [{'ErrorEquals': ['E'], 'MaxAttempts': 1}]},
                'Again': {'Type': 'Choice', 'Choices': [{'Condition': '{% $states.input = 1 %}', 'Next': 'T'}], 'Default': 'End'},
                'End': {'Type': 'Succeed'}""", "{}");

        assertThat(execution.output()).isEqualTo(2);
        assertThat(bench.requests).extracting(TaskRequest::attempt).containsExactly(0, 1, 0, 1);
        assertThat(execution.stateTransitions()).isEqualTo(2 + 2 + 2 + 1);
    }

    @Test
    void argumentsAreEvaluatedForEveryAttempt() {
        bench.thenFail("E").thenSucceed("1");

        bench.run("""
                'T': {'Type': 'Task', 'Resource': 'work', 'End': true, 'Retry': [{'ErrorEquals': ['E']}],
                      'Arguments': ['{% $states.context.State.RetryCount %}', '{% $states.context.State.EnteredTime %}', '{% $now() %}']}""", "{}");

        assertThat(bench.requests)
                .extracting(request -> request.arguments().toString())
                .containsExactly(
                        "[0, 2026-01-01T00:00:00.000Z, 2026-01-01T00:00:00.000Z]",
                        "[1, 2026-01-01T00:00:00.000Z, 2026-01-01T00:00:01.000Z]");
    }

    @Test
    void retriesWithFullJitterStayBelowTheCappedDelay() {
        failing("E")
                .run(
                        task(
                                "{'ErrorEquals': ['E'], 'MaxAttempts': 400, 'MaxDelaySeconds': 4, 'JitterStrategy': 'FULL'}"),
                        "{}");

        var delays = new ArrayList<Long>();
        var starts = bench.requestMillis();
        for (var i = 1; i < starts.size(); i++) {
            delays.add(starts.get(i) - starts.get(i - 1));
        }
        assertThat(delays).hasSize(400);
        assertThat(delays.get(0)).isBetween(0L, 1000L);
        assertThat(delays.get(1)).isBetween(0L, 2000L);
        assertThat(delays).allMatch(delay -> delay >= 0 && delay <= 4000);
        // uniform: each quarter of the range gets about a quarter of the delays
        for (long quarter = 0; quarter < 4; quarter++) {
            long from = quarter * 1000;
            assertThat(delays.stream()
                            .filter(delay -> delay >= from && delay < from + 1000)
                            .count())
                    .isBetween(70L, 130L);
        }
    }

    @Test
    void aRetryTakesTheTimeOfATransitionToo() {
        var slow = new Workbench(1, Duration.ofMillis(20));
        slow.thenFail("E").thenSucceed("1");

        slow.run(task("{'ErrorEquals': ['E']}"), "{}");

        assertThat(slow.requestMillis()).containsExactly(20L, 1040L);
    }

    private Workbench failing(String error) {
        return bench.always((completion, time) -> completion.fail(error, null));
    }

    private static String task(String retriers) {
        return "'T': {'Type': 'Task', 'Resource': 'work', 'End': true, 'Retry': [" + retriers + "]}";
    }
}
