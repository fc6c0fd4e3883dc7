package asl.execution;

import static asl.execution.Workbench.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionsTest {
    private static final String INPUT =
            "{'a': 1, 'n': null, 'list': [1, null, {'n': null}], 'one': [7], 't': 'x', 'o': {}}";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        $states.input.a                  | 1
        $states.input                    | {'a': 1, 'n': null, 'list': [1, null, {'n': null}], 'one': [7], 't': 'x', 'o': {}}
        $states.input.n                  | null
        null                             | null
        $states.input.list               | [1, null, {'n': null}]
        $states.input.list[1]            | null
        $states.input.one                | [7]
        {'k': $states.input.n, 'l': [null, 1]} | {'k': null, 'l': [null, 1]}
        $exists($states.input.n)         | true
        $exists($states.input.gone)      | false
        $exists($unassigned)             | false
        $type($states.input.n)           | 'null'
        $type($exists)                   | 'function'
        [1, 0, null, ``, true].$not()    | [false, true, true, true, false]
        $map([1, 0], $not)               | [false, true]
        $states.input.n = null           | true
        $max([1, 2.0])                   | 2
        6 / 2                            | 3
        1 / 4                            | 0.25
        $ceil(15 * 0.75)                 | 12
        $millis()                        | 1767225600000
        $now()                           | '2026-01-01T00:00:00.000Z'
        $toMillis(`2026-01-01T00:00:01Z`) - $millis() | 1000
        $toMillis(`2026-01-01T00:00:01.5+01:00`) - $millis() | -3598500
        $toMillis(`2026-01-01T00:00:01`) - $millis() | 1000
        $parse(`{\\"a\\": [1, null]}`)   | {'a': [1, null]}
        $partition([1, 2, 3, 4, 5], 2)   | [[1, 2], [3, 4], [5]]
        $range(0, 10, 5)                 | [0, 5, 10]
        $range(3, 1, -1)                 | [3, 2, 1]
        $range(1, 1, 1)                  | 1
        $hash(`abc`, `SHA-1`)            | 'a9993e364706816aba3e25717850c26c9cd0d89d'
        $random(5) = $random(5)          | true
        $contains(`a-b`, /^[a-z-]{1,3}$/) | true
        $states.context.Execution.Input.t | 'x'
        """)
    void givesTheValueAsJson(String expression, String value) {
        var execution = evaluate(expression);

        assertThat(execution.error()).isEmpty();
        assertThat(execution.output()).isEqualTo(json(value));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$states.input.gone",
                "$states.input.list[a = 2]",
                "$range(1, 2)",
                "$partition([], 2)",
                "$partition([1])",
                "$hash($states.input.t)"
            })
    void whatGivesNothingFailsTheState(String expression) {
        var execution = evaluate(expression);

        assertThat(execution.error()).contains("States.QueryEvaluationError");
        assertThat(execution.cause())
                .contains("An error occurred while executing the state 'P' (entered at the event id #2). The JSONata "
                        + "expression '" + expression
                        + "' specified for the field 'Output' returned nothing (undefined).");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1 + `x`",
                "$error(`no`)",
                "$toMillis(`yesterday`)",
                "$toMillis(`12`, `[H01]`)",
                "$hash(`a`, `sha`)",
                "$parse(`{`)",
                "$states.input.t()",
                "$range(1, 10000000, 1)",
                "function($x) { $x }",
                "1 / 0",
                "$exists()",
                "$exists(1, 2)",
                "$not(1, 2)",
                "($f := function($n) { 1 + $f($n + 1) }; $f(0))"
            })
    void whatThrowsFailsTheState(String expression) {
        var execution = evaluate(expression);

        assertThat(execution.error()).contains("States.QueryEvaluationError");
        assertThat(execution.cause().orElseThrow())
                .contains("specified for the field 'Output' threw an error during evaluation.");
    }

    /** What is no mere path is left to JSONata, and so is a path in parentheses. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "$states",
                "$states.input",
                "$states.input.a",
                "$states.input.n",
                "$states.input.t",
                "$states.input.o",
                "$states.input.o.gone",
                "$states.input.gone",
                "$states.input.gone.gone",
                "$states.input.n.gone",
                "$states.input.t.gone",
                "$states.input.list",
                "$states.input.list.n",
                "$states.input.one",
                "$states.input.none",
                "$states.input.nested",
                "$states.input.half",
                "$states.input.large",
                "$states.input.and",
                "$states.input.or",
                "$states.input.in",
                "$states.input.order",
                "$states.context.State.Name",
                "$now",
            })
    void aPathGivesWhatJsonataGives(String path) {
        var input = "{'a': 1, 'n': null, 'list': [1, {'n': null}, {'n': 2}], 'one': [7], 'none': [], 'nested': [[1]],"
                + " 't': 'x', 'o': {'p': [null]}, 'half': 0.5, 'large': 9007199254740993,"
                + " 'and': 1, 'or': 2, 'in': 3, 'order': 4}";
        var alone = new Workbench().run("'P': {'Type': 'Pass', 'End': true, 'Output': '{% " + path + " %}'}", input);
        var inParentheses =
                new Workbench().run("'P': {'Type': 'Pass', 'End': true, 'Output': '{% (" + path + ") %}'}", input);

        assertThat(alone.output()).isEqualTo(inParentheses.output());
        assertThat(alone.error()).isEqualTo(inParentheses.error());
    }

    @Test
    void aHundredPartsMayBeNestedAndNoMore() {
        assertThat(evaluate("1" + " + 1".repeat(99)).output()).isEqualTo(100);

        var execution = evaluate("1" + " + 1".repeat(100));

        assertThat(execution.error()).contains("States.QueryEvaluationError");
        assertThat(execution.cause().orElseThrow()).contains("Stack overflow error: 101 of its parts");
    }

    @Test
    void evaluatesAtAnyDepthAndLeavesOtherTextAlone() {
        var execution = new Workbench()
                .run(
                        "'P': {'Type': 'Pass', 'End': true, 'Output': {'a': [{'b': '{% 1 + 1 %}'}, 'x {% 1 %} y', null, true]}}",
                        "{}");

        assertThat(execution.output()).isEqualTo(json("{'a': [{'b': 2}, 'x {% 1 %} y', null, true]}"));
    }

    @Test
    void aNullVariableIsNotAMissingOne() {
        var execution = new Workbench().run("""
                'A': {'Type': 'Pass', 'Assign': {'v': null, 'deep': {'n': [null]}}, 'Next': 'B'},
                'B': {'Type': 'Pass', 'End': true,
                      'Output': ['{% $v %}', '{% $exists($v) %}', '{% $deep %}', '{% $deep.n[0] = null %}']}""", "{}");

        assertThat(execution.output()).isEqualTo(json("[null, true, {'n': [null]}, true]"));
    }

    @Test
    void anEvaluationLeavesWhatItReadAsItWas() {
        var input = "{'x': [null, {'y': null}]}";
        var execution = new Workbench().run("""
                'A': {'Type': 'Pass', 'Assign': {'v': '{% $states.input %}', 'w': '{% $append($states.input.x, 1) %}'},
                      'Output': '{% $merge([$states.input, {`x`: 0}]) %}', 'Next': 'B'},
                'B': {'Type': 'Pass', 'End': true, 'Output': ['{% $v %}', '{% $v %}', '{% $states.input.x %}']}""", input);

        assertThat(execution.output()).isEqualTo(json("[" + input + ", " + input + ", 0]"));
        assertThat(execution.input()).isEqualTo(json(input));
    }

    @Test
    void noExecutionSeesTheVariablesOfAnEarlierOne() {
        var bench = new Workbench();
        var arn = bench.create("m", """
                'C': {'Type': 'Choice', 'Choices': [{'Condition': '{% $states.input %}', 'Next': 'A'}], 'Default': 'P'},
                'A': {'Type': 'Pass', 'Assign': {'v': 1}, 'Next': 'P'},
                'P': {'Type': 'Pass', 'End': true, 'Output': '{% $exists($v) %}'}""");

        var first = bench.stepFunctions.startExecution(arn, "first", true);
        bench.time.runUntilIdle();
        var second = bench.stepFunctions.startExecution(arn, "second", false);
        bench.time.runUntilIdle();

        assertThat(first.output()).isEqualTo(true);
        assertThat(second.output()).isEqualTo(false);
    }

    @Test
    void theContextSaysWhichExecutionAndState() {
        var execution = new Workbench().run("""
                'W': {'Type': 'Wait', 'Seconds': 2, 'Next': 'P'},
                'P': {'Type': 'Pass', 'End': true, 'Output': '{% $states.context %}'}""", "{'i': 1}");

        assertThat(execution.output()).isEqualTo(json("""
                {'Execution': {'Id': 'arn:aws:states:us-east-1:123456789012:execution:m:e', 'Input': {'i': 1}, 'Name': 'e',
                   'RoleArn': 'arn:aws:iam::123456789012:role/m', 'StartTime': '2026-01-01T00:00:00.000Z'},
                 'State': {'EnteredTime': '2026-01-01T00:00:02.000Z', 'Name': 'P', 'RetryCount': 0},
                 'StateMachine': {'Id': 'arn:aws:states:us-east-1:123456789012:stateMachine:m', 'Name': 'm'}}"""));
    }

    @Test
    void randomNumbersAndUuidsDifferWithinOneExecution() {
        var execution = evaluate("[$random(), $random(), $random()] ~> $map(function($r) { $r >= 0 and $r < 1 })");
        assertThat(execution.output()).isEqualTo(json("[true, true, true]"));

        var uuids = new HashSet<String>();
        for (var i = 0; i < 10; i++) {
            var bench = new Workbench(i);
            uuids.add((String) bench.run("'P': {'Type': 'Pass', 'End': true, 'Output': '{% $uuid() %}'}", "{}")
                    .output());
        }
        assertThat(uuids)
                .hasSize(10)
                .allMatch(Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
                        .asMatchPredicate());
    }

    /** Each as the reference implementation says, and otherwise than the library. */
    @Test
    void functionsDoWhatTheReferenceDoesWhereTheLibraryDiffers() {
        var execution = new Workbench().run("""
                'P': {'Type': 'Pass', 'End': true, 'Output': {
                  'endIsTheEnd': '{% $contains($states.input.line, /Z$/) %}',
                  'dollarInAClass': '{% $contains($states.input.line, /[$]/) %}',
                  'wholeCharacters': '{% $substring($states.input.face, 0, 1) %}',
                  'fromTheEnd': '{% $substring($states.input.face, -1) %}',
                  'validJson': '{% $parse($string($states.input.quoted)) = $states.input.quoted %}',
                  'null': '{% [$count($states.input.none), $count($states.input.gone)] %}',
                  'large': '{% $states.input.large %}',
                  'days': '{% [$toMillis($states.input.february), $toMillis($states.input.offset)] %}'}}""", """
                {'line': 'Z\\n', 'face': '\uD83D\uDE00b', 'quoted': {'a\\u0022b': '\\u005c'}, 'none': null, 'large': 9007199254740993,
                 'february': '2026-02-30T00:00:00Z', 'offset': '2026-03-02T01:00:00.5+01:00'}""");

        assertThat(execution.output()).isEqualTo(json("""
                {'endIsTheEnd': false, 'dollarInAClass': false, 'wholeCharacters': '\uD83D\uDE00', 'fromTheEnd': 'b',
                 'validJson': true, 'null': [1, 0], 'large': 9007199254740992,
                 'days': [1772409600000, 1772409600500]}"""));
    }

    private static Execution evaluate(String expression) {
        var text = expression.replace("{'", "{`").replace("': ", "`: ").replace(", '", ", `");
        return new Workbench().run("'P': {'Type': 'Pass', 'End': true, 'Output': '{% " + text + " %}'}", INPUT);
    }
}
