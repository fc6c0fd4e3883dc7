package eiponlaunch.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.jr.ob.JSONObjectException;
import com.fasterxml.jackson.jr.ob.JacksonJrExtension;
import com.fasterxml.jackson.jr.ob.api.ExtensionContext;
import com.fasterxml.jackson.jr.ob.api.ReaderWriterProvider;
import com.fasterxml.jackson.jr.ob.api.ValueReader;
import com.fasterxml.jackson.jr.ob.api.ValueWriter;
import com.fasterxml.jackson.jr.ob.impl.JSONReader;
import com.fasterxml.jackson.jr.ob.impl.JSONWriter;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;

/** Instants as ISO-8601 text. */
final class Instants extends JacksonJrExtension {
    @Override
    protected void register(ExtensionContext context) {
        context.appendProvider(new ReaderWriterProvider() {
            @Override
            public ValueReader findValueReader(JSONReader readContext, Class<?> type) {
                return type == Instant.class ? new Reader() : null;
            }

            @Override
            public ValueWriter findValueWriter(JSONWriter writeContext, Class<?> type) {
                return type == Instant.class ? new Writer() : null;
            }
        });
    }

    private static final class Reader extends ValueReader {
        Reader() {
            super(Instant.class);
        }

        @Override
        public Object read(JSONReader reader, JsonParser parser) throws IOException {
            var text = parser.getValueAsString();
            if (text == null) {
                return null;
            }
            try {
                return Instant.parse(text);
            } catch (DateTimeException e) {
                throw JSONObjectException.from(parser, parser.currentName() + " is not an ISO-8601 time");
            }
        }
    }

    private static final class Writer implements ValueWriter {
        @Override
        public void writeValue(JSONWriter context, JsonGenerator generator, Object value) throws IOException {
            generator.writeString(value.toString());
        }

        @Override
        public Class<?> valueType() {
            return Instant.class;
        }
    }
}
