package eiponlaunch.emulators.agreement;

import static java.util.Objects.requireNonNull;

import eiponlaunch.emulators.Events;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Reads {@code scripted-cases.yaml}, whose head says how it is written. */
final class ScriptedCases {
    private static final Set<String> FIELDS = Set.of(
            "name", "definition", "parameters", "event", "detail", "input", "tasks", "path", "ends", "ours alone");
    private static final Pattern REPEATED = Pattern.compile("(\\S+)( in JSON)?(?: x (\\d+))?");
    private static final Pattern FROM_NOW = Pattern.compile("now \\+ (\\d+) s");

    private final Instant now;
    private final Map<?, ?> results;
    private final Map<?, ?> limits;

    private ScriptedCases(Instant now, Map<?, ?> results, Map<?, ?> limits) {
        this.now = now;
        this.results = results;
        this.limits = limits;
    }

    /** Times that the table gives from now on count from {@code now}. */
    static List<ScriptedCase> read(Instant now) {
        try (var file = ScriptedCases.class.getResourceAsStream("/scripted-cases.yaml")) {
            Map<?, ?> table = new Yaml(new SafeConstructor(new LoaderOptions())).load(file);
            var reader = new ScriptedCases(now, (Map<?, ?>) table.get("results"), (Map<?, ?>) table.get("limits"));
            var cases = new ArrayList<ScriptedCase>();
            for (var scripted : (List<?>) table.get("cases")) {
                cases.add(reader.scripted("case-" + cases.size(), (Map<?, ?>) scripted));
            }
            return cases;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ScriptedCase scripted(String id, Map<?, ?> fields) {
        if (!FIELDS.containsAll(fields.keySet())) {
            throw new IllegalArgumentException("a case has the fields " + fields.keySet() + ", not all of " + FIELDS);
        }
        var name = text(fields, "name");
        var tasks = new LinkedHashMap<String, List<ScriptedAnswer>>();
        object(fields, "tasks").forEach((state, script) -> tasks.put((String) state, answers(script)));
        var parameters = new LinkedHashMap<String, String>();
        object(fields, "parameters").forEach((parameter, value) -> parameters.put((String) parameter, "" + value));
        var machine = fields.containsKey("definition") ? text(fields, "definition") : "EipOnLaunch";
        return new ScriptedCase(
                id,
                name,
                machine,
                CaseDefinitions.text(machine, parameters),
                fields.containsKey("input") ? fields.get("input") : event(fields),
                tasks,
                List.of(text(fields, "path").split("\\s+")),
                text(fields, "ends"),
                Optional.ofNullable(fields.get("ours alone"))
                        .map(limit -> requireNonNull((String) limits.get(limit), "no limit " + limit)));
    }

    private static Object event(Map<?, ?> fields) {
        var event = Events.read(fields.containsKey("event") ? text(fields, "event") : "launch.json");
        object(fields, "detail")
                .forEach((field, value) -> Events.detail(event).set((String) field, Events.JSON.valueToTree(value)));
        return Events.JSON.convertValue(event, Object.class);
    }

    private List<ScriptedAnswer> answers(Object script) {
        var answers = new ArrayList<ScriptedAnswer>();
        for (var entry : script instanceof List<?> list ? list : List.of(script)) {
            var repeated = REPEATED.matcher((String) entry);
            if (!repeated.matches()) {
                throw new IllegalArgumentException("not a result or an error: " + entry);
            }
            int times = repeated.group(3) == null ? 1 : Integer.parseInt(repeated.group(3));
            for (int i = 0; i < times; i++) {
                var cause = "‘" + repeated.group(1) + "’, attempt " + answers.size();
                answers.add(answer(
                        repeated.group(1),
                        repeated.group(2) == null ? cause : "{\"errorMessage\": \"" + cause + "\"}"));
            }
        }
        return answers;
    }

    private ScriptedAnswer answer(String name, String cause) {
        if (name.equals("timeout")) {
            return ScriptedAnswer.TIMEOUT;
        }
        if (results.containsKey(name)) {
            return ScriptedAnswer.result(dated(results.get(name)));
        }
        if (!name.contains(".")) {
            throw new IllegalArgumentException("neither a result nor an error's name: " + name);
        }
        return ScriptedAnswer.error(name, cause);
    }

    private Object dated(Object value) {
        if (value instanceof Map<?, ?> object) {
            var copy = new LinkedHashMap<Object, Object>();
            object.forEach((field, item) -> copy.put(field, dated(item)));
            return copy;
        }
        if (value instanceof List<?> list) {
            return list.stream().map(this::dated).toList();
        }
        var fromNow = FROM_NOW.matcher(String.valueOf(value));
        return fromNow.matches()
                ? now.plusSeconds(Long.parseLong(fromNow.group(1)))
                        .truncatedTo(ChronoUnit.MILLIS)
                        .toString()
                : value;
    }

    private static String text(Map<?, ?> fields, String field) {
        return requireNonNull((String) fields.get(field), "a case lacks " + field + ": " + fields);
    }

    private static Map<?, ?> object(Map<?, ?> fields, String field) {
        return fields.get(field) instanceof Map<?, ?> object ? object : Map.of();
    }
}
