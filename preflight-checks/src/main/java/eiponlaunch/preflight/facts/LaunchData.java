package eiponlaunch.preflight.facts;

import java.util.Map;
import java.util.Optional;

/**
 * What a launch template or a launch configuration of the group says of instances, as far as their addresses depend on it.
 *
 * @param kind which of the two it is
 * @param name its name, and the version of a launch template
 * @param tags the tags that it gives to instances
 * @param publicAddress whether the primary interface gets an automatic public address; none to leave that to the subnet
 * @param keepsInterface whether the primary interface outlives its instance
 */
public record LaunchData(
        Kind kind, String name, Map<String, String> tags, Optional<Boolean> publicAddress, boolean keepsInterface) {
    /** Neither can be changed once it is there. */
    public enum Kind {
        TEMPLATE("launch template", "a new version of the launch template"),
        CONFIGURATION("launch configuration", "a new launch configuration");

        private final String word;
        private final String successor;

        Kind(String word, String successor) {
            this.word = word;
            this.successor = successor;
        }
    }

    public LaunchData {
        tags = Map.copyOf(tags);
    }

    /** For a reader: {@code the launch template forward-proxy (version 2)}. */
    public String described() {
        return "the " + kind.word + " " + name;
    }

    /** What is to be made for a change, for a reader. */
    public String successor() {
        return kind.successor;
    }
}
