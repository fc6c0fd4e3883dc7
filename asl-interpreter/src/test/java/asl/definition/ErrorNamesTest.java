package asl.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorNamesTest {
    @ParameterizedTest
    @CsvSource({
        "a.B, a.B, true",
        "a.B, a.b, false",
        "a.B, a.BC, false",
        "States.ALL, a.B, true",
        "States.ALL, States.Timeout, true",
        "States.ALL, States.QueryEvaluationError, true",
        "States.ALL, States.DataLimitExceeded, false",
        "States.DataLimitExceeded, States.DataLimitExceeded, true",
        "States.ALL, States.Runtime, false",
        "States.Runtime, States.Runtime, false",
        "States.TaskFailed, a.B, true",
        "States.TaskFailed, States.Timeout, false",
        "States.TaskFailed, States.Runtime, false",
        "States.Timeout, States.Timeout, true",
    })
    void matchesAsTheAwsPageOnErrorsSays(String listed, String error, boolean matches) {
        assertThat(ErrorNames.match(List.of("other.Error", listed), error)).isEqualTo(matches);
    }
}
