package eiponlaunch.preflight.read;

import static java.util.stream.Collectors.toMap;

import eiponlaunch.preflight.facts.Fix;
import eiponlaunch.preflight.facts.Lookup;
import eiponlaunch.preflight.facts.Stack;
import java.util.Map;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.Parameter;

/**
 * The stack's parameters and resources.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStacks.html">DescribeStacks</a>
 */
record StackReader(CloudFormationClient cloudFormation) {
    Lookup<Stack> stack(String name) {
        return Call.of("cloudformation:DescribeStacks", () -> described(name))
                .then(stack -> Call.of(
                        "cloudformation:DescribeStackResources",
                        () -> Lookup.of(new Stack(
                                stack.stackName(),
                                stack.stackStatusAsString(),
                                stack.parameters().stream()
                                        .collect(toMap(Parameter::parameterKey, Parameter::parameterValue)),
                                resources(name)))));
    }

    private Lookup<software.amazon.awssdk.services.cloudformation.model.Stack> described(String name) {
        try {
            return Lookup.of(cloudFormation
                    .describeStacks(request -> request.stackName(name))
                    .stacks()
                    .get(0));
        } catch (CloudFormationException e) {
            if (!"ValidationError".equals(Call.code(e))) { // the API has no code of its own for this
                throw e;
            }
            return Lookup.missing(
                    "there is no stack " + name, Fix.run("deploy the stack, or give --stack", "sam deploy"));
        }
    }

    private Map<String, String> resources(String name) {
        return cloudFormation.describeStackResources(request -> request.stackName(name)).stackResources().stream()
                .filter(resource -> resource.physicalResourceId() != null) // one that was never made has none
                .collect(toMap(resource -> resource.logicalResourceId(), resource -> resource.physicalResourceId()));
    }
}
