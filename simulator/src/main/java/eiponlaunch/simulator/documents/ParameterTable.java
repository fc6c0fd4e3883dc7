package eiponlaunch.simulator.documents;

import eiponlaunch.simulator.template.TemplateParameter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** The parameters of a template as a Markdown table. */
final class ParameterTable {
    private ParameterTable() {}

    static String of(Path template) throws IOException {
        return TemplateParameter.of(template).stream()
                .map(parameter -> "| `" + parameter.name() + "` | " + code(parameter.defaultValue()) + " | "
                        + parameter.description().replace("|", "\\|") + " |\n")
                .collect(Collectors.joining("", "| Parameter | Default | What it is |\n| --- | --- | --- |\n", ""));
    }

    private static String code(String value) {
        return value.isEmpty() ? "(empty)" : "`" + value + "`";
    }
}
