package eiponlaunch.simulator.report;

import static org.assertj.core.api.Assertions.assertThat;

import eiponlaunch.simulator.world.api.ApiCall.Outcome;
import eiponlaunch.simulator.world.api.Rate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecorderPartsTest {
    private final ValuePool values = new ValuePool();
    private final ApiCalls calls = new ApiCalls();

    @Test
    void equalValuesAreKeptOnce() {
        var event = Map.of("id", "a text of more than twelve characters");

        assertThat(values.number(Map.of("event", event, "try", 1)))
                .isNotEqualTo(values.number(Map.of("event", event, "try", 2)));
        assertThat(values.number(event)).isEqualTo(values.number(Map.copyOf(event)));
        assertThat(values.entries()).hasSize(4);
    }

    @Test
    void theOrderOfMembersIsKept() {
        var one = new LinkedHashMap<String, Object>();
        one.put("a", 1);
        one.put("b", 2);
        var other = new LinkedHashMap<String, Object>();
        other.put("b", 2);
        other.put("a", 1);

        assertThat(values.number(one)).isNotEqualTo(values.number(other));
    }

    @Test
    void nullIsAValueAndAMissingMemberIsNone() {
        var members = new LinkedHashMap<String, Object>();
        members.put("output", null);

        assertThat(values.numberOfMember(members, "output")).isNotEqualTo(ValuePool.NONE);
        assertThat(values.numberOfMember(members, "input")).isEqualTo(ValuePool.NONE);
        assertThat(values.numberOfMember(null, "input")).isEqualTo(ValuePool.NONE);
    }

    @Test
    void insideAListOnlyReferencesAreArrays() {
        values.number(Arrays.asList(List.of(), null, "short"));

        assertThat(values.entries()).containsExactly(List.of(), Arrays.asList(List.of(0), null, "short"));
    }

    @ParameterizedTest
    @CsvSource({"0, 10, 1", "999, 20, 50", "1000, 20, 51", "31886, 500, 64", "289798, 5000, 58"})
    void anAxisHasRoundIntervals(long end, long millis, int intervals) {
        assertThat(TimeAxis.of(end, 80)).isEqualTo(new TimeAxis(millis, intervals));
    }

    @Test
    void aBucketFillsBetweenCallsUpToItsSize() {
        calls.add(1000, Outcome.ANSWERED, 49);
        calls.add(1000, Outcome.ANSWERED, 48);

        assertThat(calls.tokensLeft(new Rate(50, 5), new TimeAxis(200, 8)))
                .containsExactly(50, 50, 50, 50, 50, 48, 49, 50, 50);
    }

    @Test
    void whatOneApiTakesFromASharedBucketTheOtherLacks() {
        var others = new ApiCalls();
        calls.add(200, Outcome.ANSWERED, 9);
        others.add(400, Outcome.ANSWERED, 8);
        calls.add(600, Outcome.ANSWERED, 7);

        assertThat(ApiCalls.together(List.of(calls, others)).tokensLeft(new Rate(10, 0), new TimeAxis(200, 4)))
                .containsExactly(10, 9, 8, 7, 7);
    }

    @Test
    void callsAreCountedByHowTheyEndedAndWhen() {
        calls.add(-5, Outcome.ANSWERED, 49);
        calls.add(199, Outcome.ANSWERED, 49);
        calls.add(200, Outcome.ANSWERED, 49);
        calls.add(200, Outcome.THROTTLED, 0);

        var axis = new TimeAxis(200, 2);
        assertThat(calls.count(Outcome.ANSWERED, axis)).containsExactly(2, 1);
        assertThat(calls.count(Outcome.THROTTLED, axis)).containsExactly(0, 1);
        assertThat(calls.count(Outcome.CONFLICT, axis)).containsExactly(0, 0);
    }
}
