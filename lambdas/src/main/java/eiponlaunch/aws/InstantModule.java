package eiponlaunch.aws;

import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.time.DateTimeException;
import java.time.Instant;

/** Instants as ISO-8601 text; a module of two lines where Jackson's own would add a jar to every cold start. */
final class InstantModule extends SimpleModule {
    InstantModule() {
        addSerializer(Instant.class, ToStringSerializer.instance);
        addDeserializer(Instant.class, new FromStringDeserializer<Instant>(Instant.class) {
            @Override
            protected Instant _deserialize(String text, DeserializationContext context) {
                try {
                    return Instant.parse(text);
                } catch (DateTimeException e) {
                    throw new IllegalArgumentException("not an ISO-8601 time", e);
                }
            }
        });
    }
}
