package eiponlaunch.aws;

import static org.assertj.core.api.Assertions.assertThat;

import eiponlaunch.Aws;
import eiponlaunch.failure.AccessDeniedException;
import eiponlaunch.failure.AwsUnavailableException;
import eiponlaunch.failure.ThrottledException;
import eiponlaunch.failure.UnexpectedAwsErrorException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;

/** Answers of AWS that no handler's test gives. */
class AwsFailuresTest {
    @ParameterizedTest
    @ValueSource(ints = {400, 404, 499, 500, 501})
    void aCodeThatIsNotKnownMayPass(int status) {
        assertThat(AwsFailures.typed(Aws.ec2Error(status, "NotInAnyReference", "No."), "DescribeAddresses"))
                .isInstanceOf(AwsUnavailableException.class)
                .hasMessageContaining("NotInAnyReference");
    }

    @ParameterizedTest
    @CsvSource({"408, false", "409, true", "499, true", "500, false", "501, false"})
    void aCodeThatIsNotKnownMayBeTheAddressesOwnUnlessTheFaultIsAwsOwn(int status, boolean addressesOwn) {
        var failure = AwsFailures.typedOfAddress(Aws.ec2Error(status, "NotInAnyReference", "No."), "AssociateAddress");

        assertThat(failure)
                .isInstanceOf(addressesOwn ? UnexpectedAwsErrorException.class : AwsUnavailableException.class);
    }

    /** Of the errors that are common to AWS's services. Two of them leave open whether the call took effect. */
    @ParameterizedTest
    @CsvSource({
        "RequestTimeout, 400, eiponlaunch.failure.AwsUnavailableException",
        "RequestTimeoutException, 408, eiponlaunch.failure.AwsUnavailableException",
        "RequestAbortedException, 400, eiponlaunch.failure.AwsUnavailableException",
        "RequestExpired, 400, eiponlaunch.failure.AwsUnavailableException",
        "NotAuthorized, 400, eiponlaunch.failure.AccessDeniedException",
        "NotAuthorized, 401, eiponlaunch.failure.AccessDeniedException",
        "ValidationError, 400, eiponlaunch.failure.UnexpectedAwsErrorException",
        "InvalidParameterValue, 400, eiponlaunch.failure.UnexpectedAwsErrorException",
        "InvalidAction, 400, eiponlaunch.failure.UnexpectedAwsErrorException",
    })
    void aCommonErrorIsTheSameForEveryCall(String code, int status, Class<? extends Exception> type) {
        var answer = Aws.ec2Error(status, code, "No.");

        assertThat(AwsFailures.typed(answer, "DescribeAddresses")).isExactlyInstanceOf(type);
        assertThat(AwsFailures.typedOfAddress(answer, "AssociateAddress")).isExactlyInstanceOf(type);
    }

    @Test
    void aCodeThatIsNotKnownMayStillTellOfThrottling() {
        assertThat(AwsFailures.typed(Aws.ec2Error(429, "NotInAnyReference", "Slow down."), "AssociateAddress"))
                .isInstanceOf(ThrottledException.class);
    }

    /** Its reference names the first, and it is known to answer the second. */
    @ParameterizedTest
    @ValueSource(strings = {"RateExceeded", "Throttling"})
    void autoScalingsCodesOfThrottlingAreKnown(String code) {
        assertThat(AwsFailures.typed(Aws.autoScalingError(400, code, "Rate exceeded"), "DescribeAutoScalingGroups"))
                .isInstanceOf(ThrottledException.class);
    }

    /** A token may expire between two pages. The next try begins with the first page. */
    @Test
    void aTokenThatIsNotValidAnyMoreIsWorthARetry() {
        var answer = Aws.autoScalingError(400, "InvalidNextToken", "The NextToken value is not valid.");

        assertThat(AwsFailures.typed(answer, "DescribeAutoScalingGroups"))
                .isExactlyInstanceOf(AwsUnavailableException.class);
    }

    @Test
    void aCallWithoutAnAnswerIsWorthARetry() {
        assertThat(AwsFailures.typed(SdkClientException.create("connection reset"), "AssociateAddress"))
                .isInstanceOf(AwsUnavailableException.class)
                .hasMessageContaining("connection reset");
    }

    /** An answer without a body. */
    @ParameterizedTest
    @CsvSource({"400, ''", "401, AuthFailure", "403, ''", "500, ''"})
    void anAnswerWithoutDetailsIsToldByTheSdksOwnMessage(int status, String code) {
        var bare = Ec2Exception.builder().statusCode(status).message("no body").build();
        var empty = Ec2Exception.builder()
                .statusCode(status)
                .message("no body")
                .awsErrorDetails(AwsErrorDetails.builder().serviceName("Ec2").build())
                .build();

        for (var answer : List.of(bare, empty)) {
            assertThat(AwsFailures.message((Ec2Exception) answer)).contains("no body");
            assertThat(AwsFailures.code((Ec2Exception) answer)).isEqualTo(code);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void aRefusalWithoutABodyIsARefusal(int status) {
        var answer = (Ec2Exception)
                Ec2Exception.builder().statusCode(status).message("no body").build();

        assertThat(AwsFailures.typed(answer, "AssociateAddress")).isExactlyInstanceOf(AccessDeniedException.class);
    }
}
