package eiponlaunch.preflight.facts;

import java.util.Map;
import java.util.Optional;

/**
 * What the launch template says of instances, as far as their addresses depend on it.
 *
 * @param tags the tags that it gives to instances
 * @param publicAddress whether the primary interface gets an automatic public address; none to leave that to the subnet
 * @param keepsInterface whether the primary interface outlives its instance
 */
public record TemplateData(Map<String, String> tags, Optional<Boolean> publicAddress, boolean keepsInterface) {
    /** That of a group without a launch template. */
    public static final TemplateData NONE = new TemplateData(Map.of(), Optional.empty(), false);

    public TemplateData {
        tags = Map.copyOf(tags);
    }
}
