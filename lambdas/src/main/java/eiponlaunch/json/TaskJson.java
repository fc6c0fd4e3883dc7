package eiponlaunch.json;

import com.amazonaws.services.lambda.runtime.CustomPojoSerializer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.jr.ob.JSON;
import com.fasterxml.jackson.jr.ob.JSONObjectException;
import eiponlaunch.failure.MalformedEventException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Type;

/**
 * Carries the tasks' records to and from JSON. The Lambda runtime finds it as a service and uses it in place of the
 * serializer it bundles, which does not read records in every version.
 *
 * <p>An input that does not have the task's form raises {@link MalformedEventException}, which names the field.
 * Lambda's runtime wraps it in a RuntimeException, and that is the name that the state machine sees. This happens only
 * if a definition does not fit the handlers, because events are passed on unread.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/java-custom-serialization.html">Custom serialization</a>
 */
public final class TaskJson implements CustomPojoSerializer {
    private static final JSON JSON_OF_RECORDS = JSON.builder()
            .register(new Instants())
            .enable(JSON.Feature.WRITE_NULL_PROPERTIES) // the definition reads them
            .disable(JSON.Feature.FAIL_ON_DUPLICATE_MAP_KEYS) // an event is carried as it is
            .build();

    @Override
    public <T> T fromJson(InputStream input, Type type) {
        return read(input, type);
    }

    @Override
    public <T> T fromJson(String input, Type type) {
        return read(input, type);
    }

    @Override
    public <T> void toJson(T value, OutputStream output, Type type) {
        try {
            JSON_OF_RECORDS.write(value, output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static <T> T read(Object input, Type type) {
        try {
            return (T) JSON_OF_RECORDS.beanFrom((Class<?>) type, input);
        } catch (JsonProcessingException e) {
            throw malformed(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The library wraps what a record's constructor throws. For a record within a record it keeps only the name. */
    private static MalformedEventException malformed(JsonProcessingException e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        if (root instanceof MalformedEventException malformed) {
            return malformed;
        }
        var reason = root instanceof JsonProcessingException json ? json.getOriginalMessage() : root.getMessage();
        return new MalformedEventException("The task's input is not "
                + (e instanceof JSONObjectException ? "of the expected form: " : "JSON: ") + reason);
    }
}
