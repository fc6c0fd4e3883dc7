package eiponlaunch.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.CustomPojoSerializer;
import eiponlaunch.Events;
import eiponlaunch.associateeip.AssociateEipInput;
import eiponlaunch.completelifecycle.CompleteLifecycleInput;
import eiponlaunch.failure.MalformedEventException;
import eiponlaunch.findfreeeip.FindFreeEipInput;
import eiponlaunch.findfreeeip.FindFreeEipOutput;
import eiponlaunch.model.ElasticIp;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskJsonTest {
    private final TaskJson json = new TaskJson();

    @Test
    void theLambdaRuntimeFindsItAsAService() {
        assertThat(ServiceLoader.load(CustomPojoSerializer.class)).hasOnlyElementsOfType(TaskJson.class);
    }

    @Test
    void carriesRecordsEnumsTimesAndNulls() {
        var bytes = new ByteArrayOutputStream();
        var output = new FindFreeEipOutput(
                FindFreeEipOutput.Outcome.PoolEmpty, "i-1", "A=b", null, Instant.parse("2026-01-31T12:10:00Z"), 0);

        json.toJson(output, bytes, FindFreeEipOutput.class);

        assertThat(Events.json(bytes.toString(StandardCharsets.UTF_8)))
                .isEqualTo(
                        Events.json(
                                "{\"outcome\":\"PoolEmpty\",\"instanceId\":\"i-1\",\"pool\":\"A=b\",\"eip\":null,"
                                        + "\"deadline\":\"2026-01-31T12:10:00Z\",\"secondsUntilTurn\":0,\"triedInVain\":[],\"plan\":null,\"zone\":null,\"withoutInstance\":null,\"unanswered\":null}"));
        assertThat(json.<FindFreeEipOutput>fromJson(
                        new ByteArrayInputStream(bytes.toByteArray()), FindFreeEipOutput.class))
                .isEqualTo(output);
    }

    @Test
    void carriesTheEventUnreadWhateverItIs() {
        var input = json.<FindFreeEipInput>fromJson(
                "{\"event\":{\"detail\":[1,null,{\"a\":true}]},\"pools\":{\"tags\":\"A=b\"},\"deadlineSeconds\":600}",
                FindFreeEipInput.class);

        assertThat(input.event()).isEqualTo(Events.json("{\"detail\":[1,null,{\"a\":true}]}"));
        assertThat(input.pools().hookTagKeys()).isNull();
    }

    @Test
    void aNumberThatIsMissingIsRefused() {
        assertThatThrownBy(
                        () -> json.<FindFreeEipInput>fromJson("{\"pools\":{\"tags\":\"A=b\"}}", FindFreeEipInput.class))
                .isInstanceOf(MalformedEventException.class)
                .hasMessageContaining("deadlineSeconds");
    }

    @Test
    void aResultThatIsNoneIsRefused() {
        assertThatThrownBy(() -> json.<CompleteLifecycleInput>fromJson(
                        "{\"event\":{},\"result\":\"PERHAPS\"}", CompleteLifecycleInput.class))
                .isInstanceOf(MalformedEventException.class)
                .hasMessageContaining("PERHAPS");
    }

    @Test
    void ignoresFieldsItDoesNotKnow() {
        var input = json.<AssociateEipInput>fromJson(
                "{\"instanceId\":\"i-1\",\"eip\":{\"allocationId\":\"a\",\"publicIp\":\"b\",\"new\":1},"
                        + "\"deadline\":\"2026-01-31T12:10:00Z\"}",
                AssociateEipInput.class);

        assertThat(input.eip()).isEqualTo(new ElasticIp("a", "b"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{                            | not JSON",
                "{}                           | instanceId",
                "[]                           | of the expected form",
                "{\"eip\":{\"allocationId\":\"a\"}} | ElasticIp",
                "{\"deadline\":\"tomorrow\"}    | deadline",
            })
    void anInputOfAnotherFormIsRefusedInOneLineThatSaysWhere(String text, String named) {
        assertThatThrownBy(() -> json.<AssociateEipInput>fromJson(text, AssociateEipInput.class))
                .isInstanceOf(MalformedEventException.class)
                .hasMessageContaining(named)
                .message()
                .doesNotContain("\n");
    }
}
