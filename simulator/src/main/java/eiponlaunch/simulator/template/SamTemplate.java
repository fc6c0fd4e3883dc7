package eiponlaunch.simulator.template;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The SAM template as far as a local run needs it: parameters with their defaults, and resources whose intrinsic functions
 * are resolved as CloudFormation does, in the account 123456789012 and the Region us-east-1 unless told otherwise.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html">
 *     Intrinsic function reference</a>
 */
public final class SamTemplate {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([A-Za-z0-9:.]+)}");
    private static final Map<String, String> PSEUDO_PARAMETERS = Map.of(
            "AWS::Partition", "aws",
            "AWS::Region", "us-east-1",
            "AWS::AccountId", "123456789012",
            "AWS::StackName", "eip-on-launch");
    private static final Object NO_VALUE = new Object();

    /** The types of which Ref gives a name, where that matters here. */
    private static final Set<Object> NAMED = Set.of("AWS::Events::Rule", "AWS::Scheduler::ScheduleGroup");

    private final Map<String, Object> template;
    private final Map<String, String> parameters; // pseudo parameters among them

    private SamTemplate(Map<String, Object> template, Map<String, String> parameters) {
        this.template = template;
        this.parameters = parameters;
    }

    /**
     * Reads a template.
     *
     * @param overrides values of parameters, by name; of pseudo parameters, too, such as {@code AWS::Partition}
     * @throws IllegalArgumentException when a parameter is unknown or has no value
     */
    public static SamTemplate read(Path file, Map<String, String> overrides) throws IOException {
        return of(CloudFormationYaml.parse(Files.readString(file)), overrides);
    }

    /** The same template with other values of parameters, as if it were read again: without an override, the default. */
    public SamTemplate with(Map<String, String> overrides) {
        return of(template, overrides);
    }

    private static SamTemplate of(Map<String, Object> template, Map<String, String> overrides) {
        var parameters = new LinkedHashMap<String, String>();
        PSEUDO_PARAMETERS.forEach((name, value) -> parameters.put(name, overrides.getOrDefault(name, value)));
        section(template, "Parameters").forEach((name, declaration) -> {
            var value = overrides.getOrDefault(name, text(((Map<?, ?>) declaration).get("Default")));
            if (value == null) {
                throw new IllegalArgumentException("the template's parameter " + name + " has no default");
            }
            parameters.put(name, value);
        });
        for (var name : overrides.keySet()) {
            if (!parameters.containsKey(name)) {
                throw new IllegalArgumentException("the template has no parameter " + name);
            }
        }
        return new SamTemplate(template, parameters);
    }

    public String parameter(String name) {
        return parameters.get(name);
    }

    public int intParameter(String name) {
        return Integer.parseInt(parameter(name));
    }

    public String partition() {
        return parameter("AWS::Partition");
    }

    /** What the ARNs of a service begin with here. */
    public String home(String service) {
        return "arn:" + partition() + ":" + service + ":" + parameter("AWS::Region") + ":" + parameter("AWS::AccountId")
                + ":";
    }

    /** The rules that are deployed. */
    public List<EventRule> rules() {
        return resources("AWS::Events::Rule").stream()
                .map(rule -> new EventRule(rule, (Map<?, ?>) properties(rule).get("EventPattern")))
                .toList();
    }

    /**
     * Checks values as CloudFormation does when the stack is deployed.
     *
     * @throws IllegalArgumentException when it would refuse one
     */
    public static void check(Path file, Map<String, String> values) throws IOException {
        var declared = section(CloudFormationYaml.parse(Files.readString(file)), "Parameters");
        values.forEach((name, value) -> {
            if (!(declared.get(name) instanceof Map<?, ?> declaration)) {
                throw new IllegalArgumentException(
                        name + " is not allowed, only the template's " + String.join(", ", declared.keySet()));
            }
            new ParameterCheck(name, declaration).check(value);
        });
    }

    /** The value of an output. */
    public String output(String name) {
        return resolve(section(section(template, "Outputs"), name).get("Value")).toString();
    }

    /** The logical IDs of the resources of a type whose condition holds, in the template's order. */
    public List<String> resources(String type) {
        var found = new ArrayList<String>();
        section(template, "Resources").forEach((id, resource) -> {
            if (type.equals(((Map<?, ?>) resource).get("Type")) && exists(id)) {
                found.add(id);
            }
        });
        return found;
    }

    /** Whether the resource's condition holds with these parameters. */
    public boolean exists(String logicalId) {
        var resource = (Map<?, ?>) section(template, "Resources").get(logicalId);
        var condition = resource.get("Condition");
        return condition == null || condition(condition.toString());
    }

    /** A resource's properties, resolved; for a function those of Globals that it does not set are added. */
    @SuppressWarnings("unchecked")
    public Map<String, Object> properties(String logicalId) {
        var resource = (Map<String, Object>) section(template, "Resources").get(logicalId);
        var properties = new LinkedHashMap<String, Object>();
        if ("AWS::Serverless::Function".equals(resource.get("Type"))) {
            properties.putAll((Map<String, Object>) resolve(section(section(template, "Globals"), "Function")));
        }
        properties.putAll((Map<String, Object>) resolve(section(resource, "Properties")));
        return properties;
    }

    /** A resource's Metadata, which no function is read in. */
    @SuppressWarnings("unchecked")
    public Map<String, Object> metadata(String logicalId) {
        return section((Map<String, Object>) section(template, "Resources").get(logicalId), "Metadata");
    }

    /** The logical IDs of all resources, in the template's order. */
    public List<String> resources() {
        return List.copyOf(section(template, "Resources").keySet());
    }

    /** What SAM puts in place of the {@code ${…}} of a state machine's definition. */
    public Map<String, String> definitionSubstitutions(String stateMachine) {
        var substitutions = new LinkedHashMap<String, String>();
        ((Map<?, ?>) properties(stateMachine).get("DefinitionSubstitutions"))
                .forEach((name, value) -> substitutions.put(name.toString(), value.toString()));
        return substitutions;
    }

    /** What Ref of a function or state machine's ARN, GetAtt or SAM's own reference, gives. */
    public String arn(String logicalId) {
        var type = ((Map<?, ?>) section(template, "Resources").get(logicalId))
                .get("Type")
                .toString();
        return switch (type) {
            case "AWS::Serverless::Function" -> home("lambda") + "function:" + logicalId;
            case "AWS::Serverless::StateMachine" -> home("states") + "stateMachine:" + logicalId;
            default -> home(type.split("::")[1].toLowerCase(java.util.Locale.ROOT)) + logicalId;
        };
    }

    private Object resolve(Object value) {
        if (value instanceof List<?> list) {
            return list.stream()
                    .map(this::resolve)
                    .filter(item -> item != NO_VALUE)
                    .toList();
        }
        if (!(value instanceof Map<?, ?> map)) {
            return value;
        }
        if (map.size() == 1) {
            var entry = map.entrySet().iterator().next();
            var function = entry.getKey().toString();
            if (function.equals("Ref") || function.startsWith("Fn::")) {
                return call(function, entry.getValue());
            }
        }
        var resolved = new LinkedHashMap<String, Object>();
        map.forEach((key, item) -> {
            var result = resolve(item);
            if (result != NO_VALUE) {
                resolved.put(key.toString(), result);
            }
        });
        return resolved;
    }

    private Object call(String function, Object argument) {
        return switch (function) {
            case "Ref" -> "AWS::NoValue".equals(argument) ? NO_VALUE : referred(argument.toString());
            case "Fn::GetAtt" ->
                reference(argument instanceof List<?> parts ? parts.get(0) + "." + parts.get(1) : argument.toString());
            case "Fn::Sub" -> {
                var parts = argument instanceof List<?> list ? list : List.of(argument, Map.of());
                yield substitute(parts.get(0).toString(), (Map<?, ?>) resolve(parts.get(1)));
            }
            case "Fn::Join" -> {
                var parts = (List<?>) argument;
                var joined = resolve(parts.get(1));
                yield joined instanceof List<?> items
                        ? items.stream()
                                .map(Object::toString)
                                .collect(Collectors.joining(parts.get(0).toString()))
                        : joined.toString().replace(",", parts.get(0).toString()); // a parameter that is a list
            }
            case "Fn::If" -> {
                var branches = (List<?>) argument;
                yield resolve(branches.get(condition(branches.get(0).toString()) ? 1 : 2));
            }
            default -> throw new IllegalArgumentException("the template uses " + function + ", which is not read here");
        };
    }

    private String substitute(String text, Map<?, ?> variables) {
        return REFERENCE
                .matcher(text)
                .replaceAll(match -> {
                    var variable = variables.get(match.group(1));
                    return Matcher.quoteReplacement(variable == null ? reference(match.group(1)) : variable.toString());
                })
                .replace("${!", "${"); // meant for somebody else, such as IAM
    }

    /** What Ref gives: text, or a list for a parameter that is one. */
    private Object referred(String name) {
        var declaration = section(section(template, "Parameters"), name);
        var value = reference(name);
        return "CommaDelimitedList".equals(declaration.get("Type"))
                ? Stream.of(value.split(",")).map(String::strip).toList()
                : value;
    }

    private String reference(String name) {
        if (parameters.containsKey(name)) {
            return parameters.get(name);
        }
        var logicalId = name.split("\\.")[0];
        if (section(template, "Resources").containsKey(logicalId)) {
            return isName(logicalId, name) ? logicalId : arn(logicalId);
        }
        throw new IllegalArgumentException("the template refers to " + name + ", which it does not have");
    }

    /** Whether CloudFormation gives the resource's name for it: for the others it does not matter here that an ARN is not a name. */
    private boolean isName(String logicalId, String reference) {
        var resource = (Map<?, ?>) section(template, "Resources").get(logicalId);
        return reference.endsWith(".QueueName") || reference.equals(logicalId) && NAMED.contains(resource.get("Type"));
    }

    private boolean condition(String name) {
        return evaluate(section(template, "Conditions").get(name));
    }

    private boolean evaluate(Object condition) {
        var entry = ((Map<?, ?>) condition).entrySet().iterator().next();
        var function = entry.getKey().toString();
        if (function.equals("Condition")) {
            return condition(entry.getValue().toString());
        }
        var arguments = (List<?>) entry.getValue();
        return switch (function) {
            case "Fn::Not" -> !evaluate(arguments.get(0));
            case "Fn::And" -> arguments.stream().allMatch(this::evaluate);
            case "Fn::Or" -> arguments.stream().anyMatch(this::evaluate);
            case "Fn::Equals" -> resolve(arguments.get(0)).equals(resolve(arguments.get(1)));
            default ->
                throw new IllegalArgumentException(
                        "the template uses the condition " + function + ", which is not read here");
        };
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> section(Map<String, Object> parent, String name) {
        return (Map<String, Object>) parent.getOrDefault(name, Map.of());
    }

    private static String text(Object value) {
        return value == null ? null : value.toString();
    }
}
