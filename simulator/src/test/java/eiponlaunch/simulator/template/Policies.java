package eiponlaunch.simulator.template;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What the template's roles allow, from inline, attached and managed policies alike. */
public final class Policies {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * @param actions one action or a list
     * @param resources one resource or a list
     * @param condition the whole condition, or null
     */
    public record Statement(List<String> actions, List<String> resources, Object condition) {}

    private final SamTemplate template;

    public Policies(SamTemplate template) {
        this.template = template;
    }

    /** All statements of a role. */
    public List<Statement> of(String role) {
        var properties = template.properties(role);
        var inline = list(properties.get("Policies")).map(policy -> ((Map<?, ?>) policy).get("PolicyDocument"));
        var attached = template.resources("AWS::IAM::Policy").stream()
                .map(template::properties)
                .filter(policy -> list(policy.get("Roles")).anyMatch(template.arn(role)::equals))
                .map(policy -> policy.get("PolicyDocument"));
        var managed = template.resources("AWS::IAM::ManagedPolicy").stream()
                .filter(policy -> list(properties.get("ManagedPolicyArns")).anyMatch(template.arn(policy)::equals))
                .map(policy -> template.properties(policy).get("PolicyDocument"));
        return Stream.of(inline, attached, managed)
                .flatMap(documents -> documents)
                .flatMap(document -> list(document(document).get("Statement")))
                .map(statement -> (Map<?, ?>) statement)
                .map(statement -> new Statement(
                        texts(statement.get("Action")), texts(statement.get("Resource")), statement.get("Condition")))
                .toList();
    }

    /** The statements of a role that allow an action. */
    public List<Statement> allowing(String role, String action) {
        return of(role).stream()
                .filter(statement -> statement.actions().contains(action))
                .toList();
    }

    /** The actions of a role, without those that write its logs and traces. */
    public Stream<String> actions(String role) {
        return of(role).stream()
                .flatMap(statement -> statement.actions().stream())
                .filter(action -> !action.startsWith("logs:") && !action.startsWith("xray:"))
                .distinct();
    }

    private static Map<?, ?> document(Object document) {
        try {
            return document instanceof Map<?, ?> map ? map : JSON.readValue(document.toString(), Map.class);
        } catch (JsonProcessingException e) {
            throw new AssertionError("a policy is not JSON: " + document, e);
        }
    }

    private static List<String> texts(Object value) {
        return list(value).map(Object::toString).toList();
    }

    private static Stream<?> list(Object value) {
        return value == null ? Stream.of() : value instanceof List<?> items ? items.stream() : Stream.of(value);
    }
}
