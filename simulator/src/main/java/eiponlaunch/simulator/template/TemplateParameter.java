package eiponlaunch.simulator.template;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A parameter as the template declares it.
 *
 * @param defaultValue its default as text, perhaps empty
 */
public record TemplateParameter(String name, String defaultValue, String description) {

    /** The parameters of a template, in its order. */
    public static List<TemplateParameter> of(Path template) throws IOException {
        var parameters =
                (Map<?, ?>) CloudFormationYaml.parse(Files.readString(template)).get("Parameters");
        return parameters.entrySet().stream()
                .map(entry -> of(entry.getKey().toString(), (Map<?, ?>) entry.getValue()))
                .toList();
    }

    private static TemplateParameter of(String name, Map<?, ?> declaration) {
        return new TemplateParameter(
                name,
                String.valueOf(declaration.get("Default")),
                declaration.get("Description").toString());
    }
}
