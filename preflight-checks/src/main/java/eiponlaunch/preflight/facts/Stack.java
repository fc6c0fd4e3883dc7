package eiponlaunch.preflight.facts;

import java.util.Map;

/**
 * The deployed stack.
 *
 * @param name its name
 * @param status its status, as CloudFormation words it
 * @param parameters the values of its parameters
 * @param resources the physical ID of each resource, by its name in the template
 */
public record Stack(String name, String status, Map<String, String> parameters, Map<String, String> resources) {
    public Stack {
        parameters = Map.copyOf(parameters);
        resources = Map.copyOf(resources);
    }

    /** The physical ID of a resource that the template names so. */
    public Lookup<String> resource(String logicalId) {
        var physicalId = resources.get(logicalId);
        return physicalId == null
                ? Lookup.missing(
                        "the stack " + name + " has no " + logicalId, Fix.run("deploy the stack again", "sam deploy"))
                : Lookup.of(physicalId);
    }
}
