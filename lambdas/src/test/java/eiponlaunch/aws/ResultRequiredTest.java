package eiponlaunch.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.InterceptorContext;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.autoscaling.model.CompleteLifecycleActionRequest;

class ResultRequiredTest {
    private final InputStream body = InputStream.nullInputStream();

    @Test
    void failuresAndTheAnswersOfOtherCallsAreHandedOnUnread() {
        assertThat(new ResultRequired().modifyHttpResponseContent(answer(400), attributes("CompleteLifecycleAction")))
                .containsSame(body);
        assertThat(new ResultRequired().modifyHttpResponseContent(answer(200), attributes("DescribeAutoScalingGroups")))
                .containsSame(body);
    }

    private InterceptorContext answer(int status) {
        return InterceptorContext.builder()
                .request(CompleteLifecycleActionRequest.builder().build())
                .httpResponse(SdkHttpResponse.builder().statusCode(status).build())
                .responseBody(body)
                .build();
    }

    private static ExecutionAttributes attributes(String operation) {
        return new ExecutionAttributes().putAttribute(SdkExecutionAttribute.OPERATION_NAME, operation);
    }
}
