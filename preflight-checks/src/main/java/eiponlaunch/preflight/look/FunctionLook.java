package eiponlaunch.preflight.look;

import eiponlaunch.preflight.facts.Seen;
import eiponlaunch.preflight.facts.Stack;
import java.util.List;
import software.amazon.awssdk.services.lambda.LambdaClient;

/**
 * The functions' timeouts.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionConfiguration.html">GetFunctionConfiguration</a>
 */
record FunctionLook(LambdaClient lambda) {
    /** In seconds, by the functions' names in the template. */
    Seen<List<Integer>> timeouts(Stack stack, List<String> functions) {
        return Seen.each(functions, function -> stack.resource(function).then(this::timeout));
    }

    private Seen<Integer> timeout(String name) {
        return Call.of(
                "lambda:GetFunctionConfiguration",
                () -> Seen.of(lambda.getFunctionConfiguration(request -> request.functionName(name))
                        .timeout()));
    }
}
