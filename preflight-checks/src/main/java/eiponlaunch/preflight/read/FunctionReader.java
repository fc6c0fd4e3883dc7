package eiponlaunch.preflight.read;

import eiponlaunch.preflight.facts.Lookup;
import eiponlaunch.preflight.facts.Stack;
import java.util.List;
import software.amazon.awssdk.services.lambda.LambdaClient;

/**
 * The functions' timeouts.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionConfiguration.html">GetFunctionConfiguration</a>
 */
record FunctionReader(LambdaClient lambda) {
    /** In seconds, by the functions' names in the template. */
    Lookup<List<Integer>> timeouts(Stack stack, List<String> functions) {
        return Lookup.each(functions, function -> stack.resource(function).then(this::timeout));
    }

    private Lookup<Integer> timeout(String name) {
        return Call.of(
                "lambda:GetFunctionConfiguration",
                () -> Lookup.of(lambda.getFunctionConfiguration(request -> request.functionName(name))
                        .timeout()));
    }
}
