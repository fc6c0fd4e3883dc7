package asl.definition;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads one state: the fields that its type has in JSONata, and no others. */
final class StateParser {
    /** MaxDelaySeconds must stay below a year of 366 days. */
    private static final int MAX_DELAY_SECONDS = 31_622_399;

    private final String name;
    private final ObjectReader reader;

    StateParser(String name, Object json) {
        this.name = name;
        this.reader = new ObjectReader("state " + name, "", json);
    }

    State parse() {
        var type = reader.requiredText("Type");
        reader.text("Comment");
        reader.text("QueryLanguage")
                .filter(language -> !language.equals("JSONata"))
                .ifPresent(language -> {
                    throw reader.refuse("QueryLanguage", "must be JSONata, not " + language);
                });
        var state =
                switch (type) {
                    case "Task" -> task();
                    case "Map" -> map();
                    case "Choice" -> choice();
                    case "Wait" -> waitState();
                    case "Pass" -> new Pass(name, reader.assign(), reader.template("Output"), next());
                    case "Succeed" -> new Succeed(name, reader.template("Output"));
                    case "Fail" -> new Fail(name, reader.textOrExpression("Error"), reader.textOrExpression("Cause"));
                    default -> throw reader.refuse("Type", type + " is not supported");
                };
        reader.finish();
        return state;
    }

    private Task task() {
        return new Task(
                name,
                reader.requiredText("Resource"),
                reader.template("Arguments"),
                reader.integerOrExpression("TimeoutSeconds", 1, ObjectReader.MAX_SECONDS),
                reader.assign(),
                reader.template("Output"),
                retriers(),
                catchers(),
                next());
    }

    private MapState map() {
        return new MapState(
                name,
                reader.template("Items"),
                reader.template("ItemSelector"),
                reader.integerOrExpression("MaxConcurrency", 0, Integer.MAX_VALUE),
                itemProcessor(reader.object("ItemProcessor")),
                reader.assign(),
                reader.template("Output"),
                retriers(),
                catchers(),
                next());
    }

    private static ItemProcessor itemProcessor(ObjectReader processor) {
        processor.text("Comment");
        if (processor.has("ProcessorConfig")) {
            var config = processor.object("ProcessorConfig");
            config.text("Mode").filter(mode -> !mode.equals("INLINE")).ifPresent(mode -> {
                throw config.refuse("Mode", "must be INLINE, not " + mode);
            });
            config.finish();
        }
        var startAt = processor.requiredText("StartAt");
        var states = states(processor);
        processor.finish();
        return new ItemProcessor(startAt, states);
    }

    /** The field States of a definition or a processor. */
    static Map<String, State> states(ObjectReader reader) {
        if (!(reader.required("States") instanceof Map<?, ?> object) || object.isEmpty()) {
            throw reader.refuse("States", "must be an object that holds a state");
        }
        var states = new LinkedHashMap<String, State>();
        object.forEach((name, state) -> states.put((String) name, new StateParser((String) name, state).parse()));
        return states;
    }

    private Choice choice() {
        var rules = new ArrayList<ChoiceRule>();
        for (var rule : reader.objects("Choices")) {
            rule.text("Comment");
            var condition = rule.requiredText("Condition");
            rules.add(new ChoiceRule(
                    rule.expression(condition, "Choices[" + rules.size() + "]/Condition"),
                    rule.requiredText("Next"),
                    rule.assign(),
                    rule.template("Output")));
            rule.finish();
        }
        if (rules.isEmpty()) {
            throw reader.refuse("Choices", "must hold a rule");
        }
        return new Choice(name, List.copyOf(rules), reader.text("Default"), reader.assign(), reader.template("Output"));
    }

    private Wait waitState() {
        var seconds = reader.integerOrExpression("Seconds", 0, ObjectReader.MAX_SECONDS)
                .orElseThrow(() -> reader.refuse("Seconds", "is missing"));
        return new Wait(name, seconds, reader.assign(), reader.template("Output"), next());
    }

    private Optional<String> next() {
        var next = reader.text("Next");
        if (reader.has("End")) {
            if (!Boolean.TRUE.equals(reader.required("End"))) {
                throw reader.refuse("End", "must be true or left out");
            }
            if (next.isPresent()) {
                throw reader.refuse("End", "contradicts Next");
            }
        } else if (next.isEmpty()) {
            throw reader.refuse("Next", "is missing, and so is End");
        }
        return next;
    }

    private List<Retrier> retriers() {
        var readers = reader.objects("Retry");
        var retriers = new ArrayList<Retrier>();
        for (var retrier : readers) {
            retrier.text("Comment");
            var last = retriers.size() == readers.size() - 1;
            retriers.add(new Retrier(
                    errorEquals(retrier, last),
                    Duration.ofSeconds(retrier.integer("IntervalSeconds", 1, ObjectReader.MAX_SECONDS)
                            .orElse(1)),
                    retrier.numberFromOne("BackoffRate").orElse(2.0),
                    retrier.integer("MaxAttempts", 0, ObjectReader.MAX_SECONDS).orElse(3),
                    retrier.integer("MaxDelaySeconds", 1, MAX_DELAY_SECONDS).map(Duration::ofSeconds),
                    jitter(retrier)));
            retrier.finish();
        }
        return List.copyOf(retriers);
    }

    private static Retrier.Jitter jitter(ObjectReader retrier) {
        var field = "JitterStrategy";
        var strategy = retrier.text(field).orElse("NONE");
        return switch (strategy) {
            case "NONE" -> Retrier.Jitter.NONE;
            case "FULL" -> Retrier.Jitter.FULL;
            default -> throw retrier.refuse(field, "must be FULL or NONE, not " + strategy);
        };
    }

    private List<Catcher> catchers() {
        var readers = reader.objects("Catch");
        var catchers = new ArrayList<Catcher>();
        for (var catcher : readers) {
            catcher.text("Comment");
            var last = catchers.size() == readers.size() - 1;
            catchers.add(new Catcher(
                    errorEquals(catcher, last),
                    catcher.requiredText("Next"),
                    catcher.assign(),
                    catcher.template("Output")));
            catcher.finish();
        }
        return List.copyOf(catchers);
    }

    private static List<String> errorEquals(ObjectReader rule, boolean last) {
        var field = "ErrorEquals";
        var names = rule.texts(field);
        for (var error : names) {
            if (!ErrorNames.mayBeNamed(error)) {
                throw rule.refuse(field, "names " + error + ", which Step Functions does not know");
            }
        }
        if (names.contains(ErrorNames.ALL) && (names.size() > 1 || !last)) {
            throw rule.refuse(field, "has States.ALL, which must stand alone and in the last rule");
        }
        return List.copyOf(names);
    }
}
