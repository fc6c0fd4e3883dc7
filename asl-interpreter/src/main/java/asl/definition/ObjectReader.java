package asl.definition;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads the fields of one object of a definition, each with its type. At the end it refuses fields that nobody asked
 * for.
 */
final class ObjectReader {
    static final int MAX_SECONDS = 99_999_999;
    private static final String OPEN = "{%";
    private static final String CLOSE = "%}";
    private static final Pattern VARIABLE = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_]{0,79}");

    private final String owner;
    private final String path;
    private final Map<?, ?> object;
    private final Set<String> read = new HashSet<>();

    /** The owner begins every message: "state X", or "definition". The path stands before every field name. */
    ObjectReader(String owner, String path, Object json) {
        this.owner = owner;
        this.path = path;
        if (!(json instanceof Map<?, ?> fields)) {
            throw new DefinitionException(owner + ": " + (path.isEmpty() ? "" : path + " ") + "must be an object");
        }
        this.object = fields;
    }

    DefinitionException refuse(String field, String problem) {
        return new DefinitionException(owner + ": " + at(field) + " " + problem);
    }

    private String at(String field) {
        return path.isEmpty() ? field : path + "/" + field;
    }

    boolean has(String field) {
        return object.containsKey(field);
    }

    private Optional<Object> value(String field) {
        read.add(field);
        return Optional.ofNullable(object.get(field));
    }

    Object required(String field) {
        return value(field).orElseThrow(() -> refuse(field, "is missing"));
    }

    Optional<String> text(String field) {
        return value(field).map(value -> {
            if (value instanceof String text && !text.isEmpty()) {
                return text;
            }
            throw refuse(field, "must be text, not " + value);
        });
    }

    String requiredText(String field) {
        required(field);
        return text(field).orElseThrow();
    }

    Optional<Integer> integer(String field, int min, int max) {
        return value(field).map(value -> {
            if (value instanceof Integer number && number >= min && number <= max) {
                return number;
            }
            throw refuse(field, "must be an integer from " + min + " to " + max + ", not " + value);
        });
    }

    Optional<Double> numberFromOne(String field) {
        return value(field).map(value -> {
            if (value instanceof Number number && new BigDecimal(number.toString()).compareTo(BigDecimal.ONE) >= 0) {
                return number.doubleValue();
            }
            throw refuse(field, "must be a number of at least 1, not " + value);
        });
    }

    /** The names in a list of at least one. */
    List<String> texts(String field) {
        var texts = new ArrayList<String>();
        for (var item : array(field)) {
            if (!(item instanceof String text)) {
                throw refuse(field, "must hold only text, not " + item);
            }
            texts.add(text);
        }
        if (texts.isEmpty()) {
            throw refuse(field, "must not be empty");
        }
        return texts;
    }

    /** The object in a field. */
    ObjectReader object(String field) {
        return new ObjectReader(owner, at(field), required(field));
    }

    /** The objects of a list; none when the field is absent. */
    List<ObjectReader> objects(String field) {
        var readers = new ArrayList<ObjectReader>();
        if (value(field).isPresent()) {
            for (var item : array(field)) {
                readers.add(new ObjectReader(owner, at(field) + "[" + readers.size() + "]", item));
            }
        }
        return readers;
    }

    private List<?> array(String field) {
        if (required(field) instanceof List<?> list) {
            return list;
        }
        throw refuse(field, "must be an array");
    }

    /** Any JSON, null included, in which expressions may stand. */
    Optional<Template> template(String field) {
        read.add(field);
        return has(field) ? Optional.of(Template.of(object.get(field), at(field), this)) : Optional.empty();
    }

    /** An expression, or an integer in a range. */
    Optional<Template> integerOrExpression(String field, int min, int max) {
        if (object.get(field) instanceof String) {
            return Optional.of(new Template.Computed(expression(requiredText(field), at(field))));
        }
        return integer(field, min, max).map(Template.Literal::new);
    }

    /** An expression, or text as it is. */
    Optional<Template> textOrExpression(String field) {
        return text(field).map(text -> Template.of(text, at(field), this));
    }

    /** The variables to assign, in the order written; none when the field is absent. */
    Map<String, Template> assign() {
        var field = "Assign";
        var variables = new LinkedHashMap<String, Template>();
        template(field).ifPresent(template -> {
            if (!(template instanceof Template.Fields fields)) {
                throw refuse(field, "must be an object");
            }
            variables.putAll(fields.fields());
        });
        for (var name : variables.keySet()) {
            if (!VARIABLE.matcher(name).matches() || name.equals("states")) {
                throw refuse(field + "/" + name, "is not a name for a variable");
            }
        }
        return Collections.unmodifiableMap(variables);
    }

    /** The expression between the braces; the field is given in full. */
    Expression expression(String text, String field) {
        if (!text.startsWith(OPEN) || !text.endsWith(CLOSE) || text.length() < OPEN.length() + CLOSE.length()) {
            throw new DefinitionException(owner + ": " + field + " must begin with {% and end with %}");
        }
        try {
            var inner = text.substring(OPEN.length(), text.length() - CLOSE.length())
                    .strip();
            return Expression.compile(inner, field);
        } catch (DefinitionException e) {
            throw new DefinitionException(owner + ": " + field + " " + e.getMessage(), e);
        }
    }

    /** Refuses every field that was not asked for. */
    void finish() {
        for (var field : object.keySet()) {
            if (!read.contains(field)) {
                throw refuse((String) field, "is not supported");
            }
        }
    }
}
