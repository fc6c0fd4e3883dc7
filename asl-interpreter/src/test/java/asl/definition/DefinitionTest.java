package asl.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DefinitionTest {
    private static final String MAP =
            "'Type': 'Map', 'End': true, 'ItemProcessor': {'StartAt': 'I', 'States': {'I': {'Type': 'Succeed'}}}";
    private static final String TASK = "'Type': 'Task', 'Resource': 'r', 'End': true";

    @Test
    void fillsInTheDefaultsOfARetrier() {
        var task = (Task) onlyState(TASK + ", 'Retry': [{'ErrorEquals': ['E']}]");

        assertThat(task.retry())
                .containsExactly(new Retrier(
                        List.of("E"), Duration.ofSeconds(1), 2.0, 3, Optional.empty(), Retrier.Jitter.NONE));
        assertThat(task.timeoutSeconds()).isEmpty();
        assertThat(task.next()).isEmpty();
    }

    @Test
    void readsARetrierAtTheEdgesOfItsRanges() {
        var task = (Task) onlyState(TASK + ", 'Retry': [{'ErrorEquals': ['States.ALL'], 'MaxAttempts': 0, "
                + "'IntervalSeconds': 99999999, 'BackoffRate': 1, 'MaxDelaySeconds': 31622399, "
                + "'JitterStrategy': 'FULL', 'Comment': 'c'}]");

        assertThat(task.retry())
                .containsExactly(new Retrier(
                        List.of("States.ALL"),
                        Duration.ofSeconds(99_999_999),
                        1.0,
                        0,
                        Optional.of(Duration.ofSeconds(31_622_399)),
                        Retrier.Jitter.FULL));
    }

    @Test
    void saysWhereAnExpressionStands() {
        var pass = (Pass) onlyState("'Type': 'Pass', 'End': true, 'Output': {'a': {'b': [1, '{% $states.input %}']}}");

        Evaluator fields = Expression::field;
        assertThat(pass.output().orElseThrow().render(fields)).hasToString("{a={b=[1, Output/a/b[1]]}}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        'Type': 'Parallel', 'End': true                               | Type Parallel is not supported
        'Type': 'Pass'                                                | Next is missing, and so is End
        'Type': 'Pass', 'End': false                                  | End must be true or left out
        'Type': 'Pass', 'End': true, 'Next': 'S'                      | End contradicts Next
        'Type': 'Pass', 'End': true, 'InputPath': '$'                 | InputPath is not supported
        'Type': 'Pass', 'End': true, 'QueryLanguage': 'JSONPath'      | QueryLanguage must be JSONata, not JSONPath
        'Type': 'Pass', 'Next': 'Gone'                                | Next names Gone, which is not a state
        'Type': 'Succeed', 'End': true                                | End is not supported
        'Type': 'Wait', 'End': true                                   | Seconds is missing
        'Type': 'Wait', 'End': true, 'Seconds': -1                    | Seconds must be an integer from 0 to 99999999, not -1
        'Type': 'Wait', 'End': true, 'Seconds': 1.5                   | Seconds must be an integer from 0 to 99999999, not 1.5
        'Type': 'Wait', 'End': true, 'Seconds': '5'                   | Seconds must begin with {% and end with %}
        'Type': 'Fail', 'Error': '{% $x'                              | Error must begin with {% and end with %}
        'Type': 'Fail', 'Error': '{% $eval(1) %}'                     | Error uses $eval, which is not supported
        'Type': 'Pass', 'End': true, 'Output': ['{% $shuffle([1]) %}'] | Output[0] uses $shuffle, which is not supported
        'Type': 'Pass', 'End': true, 'Assign': {'states': 1}          | Assign/states is not a name for a variable
        'Type': 'Pass', 'End': true, 'Assign': {'a b': 1}             | Assign/a b is not a name for a variable
        'Type': 'Pass', 'End': true, 'Assign': [1]                    | Assign must be an object
        'Type': 'Choice', 'Default': 'S', 'Choices': []               | Choices must hold a rule
        'Type': 'Choice', 'Choices': [{'Next': 'S'}]                  | Choices[0]/Condition is missing
        'Type': 'Choice', 'Choices': [{'Condition': '{% true %}', 'Next': 'Gone'}] | Choices[0]/Next names Gone, which is not a state
        'Type': 'Choice', 'Choices': [{'Condition': '{% true %}', 'Next': 'S', 'Variable': '$.x'}] | Choices[0]/Variable is not supported
        """)
    void refusesABrokenStateAndNamesItAndTheField(String state, String problem) {
        assertThatThrownBy(() -> onlyState(state))
                .isInstanceOf(DefinitionException.class)
                .hasMessage("state S: " + problem);
    }

    /** What AWS says when such a state machine is created differs in words. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        phone                                   | has the bare name phone, which stands for nothing; a variable is $phone, a text has quotes
        $states.input.a & phone                 | has the bare name phone, which stands for nothing; a variable is $phone, a text has quotes
        ($a := 1; phone)                        | has the bare name phone, which stands for nothing; a variable is $phone, a text has quotes
        {"k": phone}                            | has the bare name phone, which stands for nothing; a variable is $phone, a text has quotes
        $map([1], function($v) { phone })       | has the bare name phone, which stands for nothing; a variable is $phone, a text has quotes
        phone.number                            | has the bare name phone, which stands for nothing; a variable is $phone, a text has quotes
        $$                                      | has $$, which stands for nothing; the input is $states.input
        $states.input[$$.a]                     | has $$, which stands for nothing; the input is $states.input
        $                                       | has $, which stands for nothing; the input is $states.input
        *                                       | has a wildcard of nothing
        $states.errorOutput.Cause               | reads $states.errorOutput, which is not there
        $states.result                          | reads $states.result, which is not there
        $states.inptu.a                         | reads $states.inptu, which does not exist
        $unassigned                             | reads $unassigned, which no state before it assigns
        $unassigned.a[0]                        | reads $unassigned, which no state before it assigns
        $unknown(1)                             | reads $unknown, which no state before it assigns
        ($a := 1; $b)                           | reads $b, which no state before it assigns
        ($map([1], function($v) { $v }); $v)    | reads $v, which no state before it assigns
        """)
    void refusesWhatAwsRefusesInAnExpressionWhenAStateMachineIsCreated(String expression, String problem) {
        assertThatThrownBy(() -> pass(expression))
                .isInstanceOf(DefinitionException.class)
                .hasMessage("state S: Output " + problem);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$states.input.a ?? 1",
                "$states.input.a??1",
                "{\"k\": [$states.input.items[price ?? 1]]}",
                "$map([1], function($v) { $v ?? 2 })",
                "$states.input.a = \"?:\" ? 1 : $states.input.b ?? 1"
            })
    void refusesAnOperatorThatJsonataGotAfterTheVersionOfStepFunctions(String expression) {
        assertThatThrownBy(() -> pass(expression))
                .hasMessage(
                        "state S: Output has the operator ??, which JSONata 2.0.6, the version of Step Functions, does not have");
        assertThatThrownBy(() -> pass(expression.replace("??", "?:")))
                .hasMessage(
                        "state S: Output has the operator ?:, which JSONata 2.0.6, the version of Step Functions, does not have");
    }

    @Test
    void refusesEval() {
        assertThatThrownBy(() -> pass("$eval($states.input.a)"))
                .hasMessage("state S: Output uses $eval, which is not supported");
        assertThatThrownBy(() -> pass("$exists($eval) ? 1 : 2"))
                .hasMessage("state S: Output uses $eval, which is not supported");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$states.input.a ? \"??\" : \"?:\"",
                "$states.input.a ?1:2",
                "$contains($states.input.a, /a??b?:c/) ? 1 : 2",
                "$states.input.a /* ?? */ ? 1 : 2",
                "$states.input.`??` ? \"$eval and $shuffle\" : 2",
                "$map([1], ?)",
                "$states.input.items[price > 1].name",
                "$states.input.items.(price * $states.context.x)",
                "$states.input.items^(>price)[0]",
                "$states.input.items{name: $sum(price)}",
                "$states.input.**.price",
                "$exists($unassigned)",
                "$exists($unassigned.a)",
                "$exists($unassigned) ? $unassigned : 0",
                "($f := function($n) { $n > 0 ? $f($n - 1) : 0 }; $f(3))",
                "[1..3] ~> $map(function($v, $i) { $v + $i })",
                "$states.input.items.($)",
                "($a := 1; ($b := $a; $b))",
                "$contains($states.input.a, /phone$/)"
            })
    void acceptsWhatHasAContextOrAValue(String expression) {
        assertThatNoException().isThrownBy(() -> pass(expression));
    }

    @Test
    void aVariableMayBeReadWhereSomeWayHasAssignedIt() {
        var states = "'C': {'Type': 'Choice', 'Choices': [{'Condition': '{% true %}', 'Next': 'A'}], 'Default': 'B'}, "
                + "'A': {'Type': 'Pass', 'Assign': {'v': 1}, 'Next': 'B'}, "
                + "'B': {'Type': 'Pass', 'Output': '{% $v %}', 'End': true}";
        assertThatNoException().isThrownBy(() -> machine("C", states));

        assertThatThrownBy(() -> machine(
                        "B",
                        "'B': {'Type': 'Pass', 'Output': '{% $v %}', 'Next': 'A'}, "
                                + "'A': {'Type': 'Pass', 'Assign': {'v': 1}, 'End': true}"))
                .hasMessage("state B: Output reads $v, which no state before it assigns");
    }

    @Test
    void theResultIsReadWhereTheWorkIsDoneAndTheErrorOutputWhereItFailed() {
        assertThatNoException()
                .isThrownBy(() ->
                        onlyState(TASK + ", 'Output': '{% $states.result %}', 'Assign': {'r': '{% $states.result %}'}, "
                                + "'Catch': [{'ErrorEquals': ['E'], 'Next': 'S', 'Output': '{% $states.errorOutput %}', "
                                + "'Assign': {'e': '{% $states.errorOutput.Error %}'}}]"));
        assertThatThrownBy(() -> onlyState(TASK + ", 'Arguments': '{% $states.result %}'"))
                .hasMessage("state S: Arguments reads $states.result, which is not there");
        assertThatThrownBy(() -> onlyState(
                        TASK + ", 'Catch': [{'ErrorEquals': ['E'], 'Next': 'S', 'Output': '{% $states.result %}'}]"))
                .hasMessage("state S: Catch[0]/Output reads $states.result, which is not there");
    }

    private static void pass(String expression) {
        onlyState("'Type': 'Pass', 'End': true, 'Output': '{% " + expression.replace("\"", "\\\"") + " %}'");
    }

    private static void machine(String startAt, String states) {
        Definition.parse(("{'StartAt': '" + startAt + "', 'QueryLanguage': 'JSONata', 'States': {" + states + "}}")
                .replace('\'', '"'));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        'Retry': [{}]                                                 | Retry[0]/ErrorEquals is missing
        'Retry': [{'ErrorEquals': []}]                                | Retry[0]/ErrorEquals must not be empty
        'Retry': [{'ErrorEquals': ['States.ALL', 'E']}]               | Retry[0]/ErrorEquals has States.ALL, which must stand alone and in the last rule
        'Retry': [{'ErrorEquals': ['States.ALL']}, {'ErrorEquals': ['E']}] | Retry[0]/ErrorEquals has States.ALL, which must stand alone and in the last rule
        'Catch': [{'ErrorEquals': ['States.ALL'], 'Next': 'S'}, {'ErrorEquals': ['E'], 'Next': 'S'}] | Catch[0]/ErrorEquals has States.ALL, which must stand alone and in the last rule
        'Retry': [{'ErrorEquals': ['States.Tiemout']}]                | Retry[0]/ErrorEquals names States.Tiemout, which Step Functions does not know
        'Retry': [{'ErrorEquals': ['E'], 'IntervalSeconds': 0}]       | Retry[0]/IntervalSeconds must be an integer from 1 to 99999999, not 0
        'Retry': [{'ErrorEquals': ['E'], 'IntervalSeconds': 100000000}] | Retry[0]/IntervalSeconds must be an integer from 1 to 99999999, not 100000000
        'Retry': [{'ErrorEquals': ['E'], 'MaxAttempts': -1}]          | Retry[0]/MaxAttempts must be an integer from 0 to 99999999, not -1
        'Retry': [{'ErrorEquals': ['E'], 'BackoffRate': 0.99}]        | Retry[0]/BackoffRate must be a number of at least 1, not 0.99
        'Retry': [{'ErrorEquals': ['E'], 'MaxDelaySeconds': 0}]       | Retry[0]/MaxDelaySeconds must be an integer from 1 to 31622399, not 0
        'Retry': [{'ErrorEquals': ['E'], 'MaxDelaySeconds': 31622400}] | Retry[0]/MaxDelaySeconds must be an integer from 1 to 31622399, not 31622400
        'Retry': [{'ErrorEquals': ['E'], 'JitterStrategy': 'HALF'}]   | Retry[0]/JitterStrategy must be FULL or NONE, not HALF
        'Retry': [{'ErrorEquals': ['E'], 'Next': 'S'}]                | Retry[0]/Next is not supported
        'Catch': [{'ErrorEquals': ['E']}]                             | Catch[0]/Next is missing
        'Catch': [{'ErrorEquals': ['E'], 'Next': 'Gone'}]             | Catch[0]/Next names Gone, which is not a state
        'Catch': [{'ErrorEquals': ['E'], 'Next': 'S', 'ResultPath': '$'}] | Catch[0]/ResultPath is not supported
        'TimeoutSeconds': 0                                           | TimeoutSeconds must be an integer from 1 to 99999999, not 0
        'HeartbeatSeconds': 5                                         | HeartbeatSeconds is not supported
        'Parameters': {}                                              | Parameters is not supported
        """)
    void refusesABrokenTask(String fields, String problem) {
        assertThatThrownBy(() -> onlyState(TASK + ", " + fields))
                .isInstanceOf(DefinitionException.class)
                .hasMessage("state S: " + problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        'StartAt': 'A', 'States': {'A': {'Type': 'Succeed'}}                               | definition: QueryLanguage is missing
        'StartAt': 'A', 'QueryLanguage': 'JSONPath', 'States': {'A': {'Type': 'Succeed'}}  | definition: QueryLanguage must be JSONata
        'StartAt': 'B', 'QueryLanguage': 'JSONata', 'States': {'A': {'Type': 'Succeed'}}   | definition: StartAt names B, which is not a state
        'StartAt': 'A', 'QueryLanguage': 'JSONata', 'States': {}                           | definition: States must be an object that holds a state
        'StartAt': 'A', 'QueryLanguage': 'JSONata', 'Extra': 1, 'States': {'A': {'Type': 'Succeed'}} | definition: Extra is not supported
        'StartAt': 'A', 'QueryLanguage': 'JSONata', 'States': {'A': {'Type': 'Succeed'}, 'B': {'Type': 'Succeed'}} | state B: Next of no other state leads to it
        'StartAt': 'A', 'QueryLanguage': 'JSONata', 'States': {'A': 5}                     | state A: must be an object
        """)
    void refusesABrokenDefinition(String fields, String problem) {
        assertThatThrownBy(() -> Definition.parse(json("{" + fields + "}")))
                .isInstanceOf(DefinitionException.class)
                .hasMessage(problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        'ItemReader': {}                                              | ItemReader is not supported
        'ItemBatcher': {}                                             | ItemBatcher is not supported
        'ResultWriter': {}                                            | ResultWriter is not supported
        'ToleratedFailureCount': 1                                    | ToleratedFailureCount is not supported
        'ToleratedFailurePercentage': 1                               | ToleratedFailurePercentage is not supported
        'Label': 'L'                                                  | Label is not supported
        'Iterator': {}                                                | Iterator is not supported
        'MaxConcurrency': -1                                          | MaxConcurrency must be an integer from 0 to 2147483647, not -1
        'Arguments': {}                                               | Arguments is not supported
        """)
    void refusesAFieldThatAnInlineMapHasNot(String field, String problem) {
        assertThatThrownBy(() -> onlyState(MAP + ", " + field))
                .isInstanceOf(DefinitionException.class)
                .hasMessage("state S: " + problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        'ProcessorConfig': {'Mode': 'DISTRIBUTED'}, 'StartAt': 'I', 'States': {'I': {'Type': 'Succeed'}} | state S: ItemProcessor/ProcessorConfig/Mode must be INLINE, not DISTRIBUTED
        'ProcessorConfig': {'ExecutionType': 'STANDARD'}, 'StartAt': 'I', 'States': {'I': {'Type': 'Succeed'}} | state S: ItemProcessor/ProcessorConfig/ExecutionType is not supported
        'StartAt': 'J', 'States': {'I': {'Type': 'Succeed'}}              | state S: ItemProcessor/StartAt names J, which is not a state
        'States': {'I': {'Type': 'Succeed'}}                              | state S: ItemProcessor/StartAt is missing
        'StartAt': 'I', 'States': {}                                      | state S: ItemProcessor/States must be an object that holds a state
        'StartAt': 'I', 'States': {'I': {'Type': 'Pass', 'Next': 'S'}}    | state I: Next names S, which is not a state
        'StartAt': 'S', 'States': {'S': {'Type': 'Succeed'}}              | state S: another state has this name, inside or outside a Map
        'StartAt': 'I', 'States': {'I': {'Type': 'Pass', 'End': true, 'Assign': {'outer': 1}}} | state I: Assign/outer has the name of a variable outside the Map
        'StartAt': 'I', 'States': {'I': {'Type': 'Succeed'}, 'J': {'Type': 'Succeed'}} | state J: Next of no other state leads to it
        """)
    void refusesABrokenItemProcessor(String processor, String problem) {
        assertThatThrownBy(() -> onlyState(
                        "'Type': 'Map', 'End': true, 'Assign': {'outer': 1}, 'ItemProcessor': {" + processor + "}"))
                .isInstanceOf(DefinitionException.class)
                .hasMessage(problem);
    }

    @Test
    void listsTheStatesInsideAMapAfterIt() {
        var definition =
                Definition.parse(json("{'StartAt': 'S', 'QueryLanguage': 'JSONata', 'States': {'S': {" + MAP + "}}}"));

        assertThat(definition.allStates()).extracting(State::name).containsExactly("S", "I");
    }

    @Test
    void refusesWhatIsNotJsonataInOneLine() {
        for (var broken : List.of("1 +", "1) + (2", "'open", "")) {
            assertThatThrownBy(
                            () -> onlyState("'Type': 'Fail', 'Error': '{% " + broken.replace("'", "\\u0027") + " %}'"))
                    .isInstanceOf(DefinitionException.class)
                    .hasMessageStartingWith("state S: Error is not JSONata: ")
                    .extracting(Throwable::getMessage)
                    .asString()
                    .doesNotContain("\n");
        }
    }

    @Test
    void refusesTwoStatesOfOneName() {
        assertThatThrownBy(() -> Definition.parse(json("{'StartAt': 'A', 'QueryLanguage': 'JSONata', "
                        + "'States': {'A': {'Type': 'Succeed'}, 'A': {'Type': 'Succeed'}}}")))
                .isInstanceOf(DefinitionException.class)
                .hasMessage("definition: is not JSON: Duplicate field 'A'");
    }

    private static State onlyState(String fields) {
        return Definition.parse(json("{'StartAt': 'S', 'QueryLanguage': 'JSONata', 'States': {'S': {" + fields + "}}}"))
                .states()
                .get("S");
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }
}
