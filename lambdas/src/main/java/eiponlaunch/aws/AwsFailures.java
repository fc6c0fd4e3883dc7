package eiponlaunch.aws;

import eiponlaunch.failure.AccessDeniedException;
import eiponlaunch.failure.AwsUnavailableException;
import eiponlaunch.failure.DeadlinePassedException;
import eiponlaunch.failure.EipOnLaunchException;
import eiponlaunch.failure.InstanceGoneException;
import eiponlaunch.failure.InstanceNotReadyException;
import eiponlaunch.failure.NoInternetGatewayException;
import eiponlaunch.failure.ThrottledException;
import eiponlaunch.failure.TransientException;
import eiponlaunch.failure.UnexpectedAwsErrorException;
import java.time.Instant;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Turns what the SDK throws into the failures that the state machine names. EC2 and Auto Scaling model hardly any
 * errors. Only the code tells them apart, and for pending instances the message.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html">Error codes of the EC2
 *     API</a>
 * @see <a href="https://docs.aws.amazon.com/autoscaling/ec2/APIReference/Welcome.html">API request rate of Auto Scaling,
 *     which names RateExceeded; what it is known to answer is Throttling</a>
 */
public final class AwsFailures {
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int REQUEST_TIMEOUT = 408;

    /** The request itself is wrong: the same one is never accepted. */
    private static final Set<String> INVALID_REQUEST = Set.of(
            "ValidationError",
            "InvalidAction",
            "InvalidCharacter",
            "InvalidInstanceID.Malformed",
            "InvalidParameter",
            "InvalidParameterCombination",
            "InvalidParameterDependency",
            "InvalidParameterValue",
            "InvalidQueryParameter",
            "MalformedQueryString",
            "MissingAction",
            "MissingParameter",
            "OperationNotPermitted",
            "UnknownParameter",
            "UnsupportedOperation");

    private AwsFailures() {}

    /**
     * The error code of AWS's answer, or an empty string when there was no answer. A 401 is EC2's AuthFailure: Java's own
     * HTTP client hands over no body with it, and so no code.
     *
     * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html">Error codes of the EC2
     *     API</a>
     */
    public static String code(SdkException e) {
        if (!(e instanceof AwsServiceException answer)) {
            return "";
        }
        var details = answer.awsErrorDetails();
        if (details != null && details.errorCode() != null) {
            return details.errorCode();
        }
        return answer.statusCode() == UNAUTHORIZED ? "AuthFailure" : "";
    }

    /**
     * AWS answered that the call succeeded, but left out what such an answer holds. Both calls of this kind may be
     * repeated.
     */
    public static AwsUnavailableException incomplete(String call, String missing) {
        return new AwsUnavailableException(
                call + " was answered without " + missing
                        + ". It is not known whether the call took effect, so it is retried.",
                null);
    }

    /** Whether EC2 does not know the instance or its network interface: it is gone, or too new to be known everywhere. */
    public static boolean isUnknownInstance(SdkException e) {
        return code(e).equals("InvalidInstanceID.NotFound") || code(e).equals("InvalidNetworkInterfaceID.NotFound");
    }

    /** The message of AWS's answer, without the SDK's additions. */
    public static String message(SdkException e) {
        return e instanceof AwsServiceException s
                        && s.awsErrorDetails() != null
                        && s.awsErrorDetails().errorMessage() != null
                ? s.awsErrorDetails().errorMessage()
                : String.valueOf(e.getMessage());
    }

    /** Whether Auto Scaling says that the lifecycle action is over. The code alone stands for any invalid request. */
    public static boolean isNoActiveAction(SdkException e) {
        return code(e).equals("ValidationError") && message(e).startsWith("No active Lifecycle Action found");
    }

    /**
     * An error code that is not known here may pass.
     *
     * @param call the API call and whom it was for, for example {@code "AssociateAddress for i-0123456789abcdef0"}
     */
    public static EipOnLaunchException typed(SdkException e, String call) {
        return typed(e, call, false);
    }

    /** As {@link #typed}, for a call about one address: an error code that is not known here may be the address's own. */
    public static EipOnLaunchException typedOfAddress(SdkException e, String call) {
        return typed(e, call, true);
    }

    private static EipOnLaunchException typed(SdkException e, String call, boolean ofAddress) {
        var code = code(e);
        var what = call + " failed, " + (code.isEmpty() ? "" : code + ": ")
                + message(e).replaceFirst("\\.?$", ". ");
        return switch (code) {
            case "RequestLimitExceeded",
                    "Throttling",
                    "ThrottlingException",
                    "RateExceeded",
                    "RequestThrottled",
                    "TooManyRequestsException",
                    "RequestThrottledException" ->
                new ThrottledException(
                        what + "It is retried with backoff. If this lasts, other callers in this account and Region"
                                + " use up the rate.",
                        e);
            case "ResourceContention",
                    "ResourceContentionFault",
                    "InternalError",
                    "InternalFailure",
                    "InternalServerError",
                    "Unavailable",
                    "ServiceUnavailable",
                    "RequestTimeout",
                    "RequestTimeoutException",
                    "RequestAbortedException",
                    "RequestExpired",
                    "InvalidNextToken" -> unavailable(what, e); // the next try begins with the first page
            case "UnauthorizedOperation",
                    "AccessDenied",
                    "AccessDeniedException",
                    "NotAuthorized",
                    "AuthFailure",
                    "OptInRequired",
                    "UnrecognizedClientException",
                    "InvalidClientTokenId",
                    "ExpiredToken",
                    "ExpiredTokenException",
                    "SignatureDoesNotMatch" -> denied(what, e);
            case "InvalidInstanceID.NotFound", "InvalidNetworkInterfaceID.NotFound" -> gone(what, e);
            case "IncorrectInstanceState", "IncorrectState", "InvalidInstanceID" -> notReady(what, e);
            case "Gateway.NotAttached" ->
                new NoInternetGatewayException(
                        what + "Attach an internet gateway to the VPC of the group's subnets.", e);
            default -> byStatus(e, what, ofAddress);
        };
    }

    /** As {@link #typed}, but after the deadline even a failure that is worth a retry is final. */
    public static EipOnLaunchException typedBefore(Instant deadline, Instant now, SdkException e, String call) {
        return before(deadline, now, typed(e, call));
    }

    /** The failure, but once the deadline has passed one that is worth a retry ends the retries. */
    public static EipOnLaunchException before(Instant deadline, Instant now, EipOnLaunchException failure) {
        var retried = failure instanceof TransientException || failure instanceof AccessDeniedException;
        return retried && !now.isBefore(deadline)
                ? new DeadlinePassedException(
                        "The deadline " + deadline + " has passed. Last failure: " + failure.getMessage(), failure)
                : failure;
    }

    private static EipOnLaunchException notReady(String what, SdkException e) {
        return what.contains("terminat") || what.contains("shutting")
                ? gone(what, e)
                : new InstanceNotReadyException(what + "It is retried until the deadline.", e);
    }

    private static EipOnLaunchException gone(String what, SdkException e) {
        return new InstanceGoneException(
                what + "The instance no longer exists or is being terminated: see the group's"
                        + " activity history for why.",
                e);
    }

    private static EipOnLaunchException denied(String what, SdkException e) {
        return new AccessDeniedException(
                what + "Compare the function's role with the policies of sam-template.yaml, and the"
                        + " tags of the pool's addresses with the role's conditions.",
                e);
    }

    private static EipOnLaunchException unavailable(String what, SdkException e) {
        return new AwsUnavailableException(
                what + "It is retried with backoff. If this lasts, see the AWS Health Dashboard.", e);
    }

    private static EipOnLaunchException byStatus(SdkException e, String what, boolean ofAddress) {
        if (!(e instanceof AwsServiceException answer)) {
            return unavailable(what, e); // no answer: a timeout or a broken connection
        }
        if (answer.isThrottlingException()) {
            return new ThrottledException(what, e);
        }
        var code = code(e);
        if (answer.statusCode() == FORBIDDEN && code.isEmpty()) {
            return denied(what, e);
        }
        if (answer.statusCode() >= 500 || answer.statusCode() == REQUEST_TIMEOUT) {
            return unavailable(what, e);
        }
        return ofAddress || INVALID_REQUEST.contains(code)
                ? new UnexpectedAwsErrorException(what + "Look up the error code in the API reference.", e)
                : new AwsUnavailableException(
                        what + "It is retried, because this project does not know the code. If this lasts, look up the"
                                + " error code in the API reference.",
                        e);
    }
}
