package eiponlaunch.aws;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/**
 * Takes a call to Auto Scaling for successful only when the answer has the element that says so. For
 * CompleteLifecycleAction and RecordLifecycleActionHeartbeat it is empty, and so the SDK takes any answer of status 200 for
 * it, also one without a body.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_CompleteLifecycleAction.html">CompleteLifecycleAction</a>
 */
final class ResultRequired implements ExecutionInterceptor {
    /** Whose result is empty. That of other calls is not, and may be megabytes. */
    private static final Set<String> OPERATIONS = Set.of("CompleteLifecycleAction", "RecordLifecycleActionHeartbeat");

    @Override
    public Optional<InputStream> modifyHttpResponseContent(
            Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
        var operation = attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
        if (!context.httpResponse().isSuccessful() || !OPERATIONS.contains(operation)) {
            return context.responseBody();
        }
        var body = read(context.responseBody().orElse(InputStream.nullInputStream()));
        var result = operation + "Result";
        if (!new String(body, StandardCharsets.UTF_8).contains(result)) {
            throw SdkClientException.create(
                    "The answer has no " + result + "; whether the call took effect is not known");
        }
        return Optional.of(new ByteArrayInputStream(body));
    }

    private static byte[] read(InputStream body) {
        try (body) {
            return body.readAllBytes();
        } catch (IOException e) {
            throw SdkClientException.create("The answer broke off", e);
        }
    }
}
