package eiponlaunch.simulator.template;

import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** YAML in which {@code !Ref x} is short for {@code {Ref: x}} and {@code !Name x} for {@code {"Fn::Name": x}}. */
public final class CloudFormationYaml {
    private CloudFormationYaml() {}

    public static Map<String, Object> parse(String text) {
        return new Yaml(new ShortForms()).load(text);
    }

    private static final class ShortForms extends SafeConstructor {
        ShortForms() {
            super(options());
            yamlMultiConstructors.put("!", new AbstractConstruct() {
                @Override
                public Object construct(Node node) {
                    var name = node.getTag().getValue().substring(1);
                    return Map.of(name.equals("Ref") || name.equals("Condition") ? name : "Fn::" + name, value(node));
                }
            });
        }

        /** The template says many things only once; SnakeYAML takes more than fifty aliases for an attack. */
        private static LoaderOptions options() {
            var options = new LoaderOptions();
            options.setMaxAliasesForCollections(1000);
            return options;
        }

        private Object value(Node node) {
            if (node instanceof ScalarNode scalar) {
                return scalar.getValue();
            }
            return node instanceof SequenceNode sequence
                    ? constructSequence(sequence)
                    : constructMapping((MappingNode) node);
        }
    }
}
