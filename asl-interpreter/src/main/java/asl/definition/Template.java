package asl.definition;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A JSON value in which strings of the form {@code {% … %}}, at any depth, stand for the value of an expression. */
public sealed interface Template {

    /** The value, with every expression replaced by what the evaluator says; objects and arrays are always new. */
    Object render(Evaluator evaluator);

    /** Text, number, boolean or null, as written. */
    record Literal(Object value) implements Template {
        @Override
        public Object render(Evaluator evaluator) {
            return value;
        }
    }

    /** The value of one expression. */
    record Computed(Expression expression) implements Template {
        @Override
        public Object render(Evaluator evaluator) {
            return evaluator.evaluate(expression);
        }
    }

    /** An object; its fields keep their order. */
    record Fields(Map<String, Template> fields) implements Template {
        public Fields {
            fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        }

        @Override
        public Map<String, Object> render(Evaluator evaluator) {
            var object = new LinkedHashMap<String, Object>();
            for (var field : fields.entrySet()) {
                object.put(field.getKey(), field.getValue().render(evaluator));
            }
            return object;
        }
    }

    /** An array. */
    record Items(List<Template> items) implements Template {
        public Items {
            items = List.copyOf(items);
        }

        @Override
        public List<Object> render(Evaluator evaluator) {
            var array = new ArrayList<Object>(items.size());
            for (var item : items) {
                array.add(item.render(evaluator));
            }
            return array;
        }
    }

    /** Reads a value of a definition; an expression that cannot be compiled is refused through the object it is in. */
    static Template of(Object json, String field, ObjectReader reader) {
        if (json instanceof Map<?, ?> object) {
            var fields = new LinkedHashMap<String, Template>();
            object.forEach((name, value) -> fields.put((String) name, of(value, field + "/" + name, reader)));
            return new Fields(fields);
        }
        if (json instanceof List<?> array) {
            var items = new ArrayList<Template>();
            for (var item : array) {
                items.add(of(item, field + "[" + items.size() + "]", reader));
            }
            return new Items(items);
        }
        if (json instanceof String text && (text.startsWith("{%") || text.endsWith("%}"))) {
            return new Computed(reader.expression(text, field));
        }
        return new Literal(json);
    }
}
