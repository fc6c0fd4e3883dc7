package eiponlaunch.aws;

import com.amazonaws.services.lambda.runtime.CustomPojoSerializer;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import eiponlaunch.failure.MalformedEventException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Type;
import java.util.stream.Collectors;

/**
 * Carries the tasks' records to and from JSON. The Lambda runtime finds it as a service and uses it in place of the
 * serializer it bundles, which does not read records in every version.
 *
 * <p>An input that is not of the task's form raises {@link MalformedEventException}, which names the field. Lambda's runtime
 * wraps what a serializer throws in a RuntimeException, so the state machine sees that name; only a definition that does not
 * fit the handlers can come to it, as an event is carried unread.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/java-custom-serialization.html">Custom serialization</a>
 */
public final class TaskJson implements CustomPojoSerializer {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new InstantModule())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    @Override
    public <T> T fromJson(InputStream input, Type type) {
        try {
            return read(MAPPER.createParser(input), type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public <T> T fromJson(String input, Type type) {
        try {
            return read(MAPPER.createParser(input), type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public <T> void toJson(T value, OutputStream output, Type type) {
        try {
            MAPPER.writeValue(output, value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <T> T read(JsonParser parser, Type type) throws IOException {
        try {
            return MAPPER.readValue(parser, MAPPER.constructType(type));
        } catch (JsonMappingException e) {
            if (e.getCause() instanceof MalformedEventException malformed) {
                throw malformed; // a record refused its values
            }
            var field = e.getPath().stream()
                    .map(JsonMappingException.Reference::getFieldName)
                    .collect(Collectors.joining("."));
            throw new MalformedEventException("The task's input has no usable " + (field.isEmpty() ? "content" : field)
                    + ": " + e.getOriginalMessage());
        } catch (JacksonException e) {
            throw new MalformedEventException("The task's input is not JSON: " + e.getOriginalMessage());
        }
    }
}
