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
 * A call to Auto Scaling counts as successful only if the answer has the element that says so. For
 * CompleteLifecycleAction and RecordLifecycleActionHeartbeat this element is empty. So the SDK accepts any answer with
 * status 200, even one without a body.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_CompleteLifecycleAction.html">CompleteLifecycleAction</a>
 */
final class ResultRequired implements ExecutionInterceptor {
    /** The calls whose result is empty. Other results are not, and may be megabytes. */
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
