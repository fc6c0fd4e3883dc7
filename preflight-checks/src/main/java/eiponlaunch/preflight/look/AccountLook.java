package eiponlaunch.preflight.look;

import eiponlaunch.preflight.facts.Account;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * Whose account this is. The call needs no permission, so it also shows whether anything can be looked at.
 *
 * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html">GetCallerIdentity</a>
 */
record AccountLook(StsClient sts, String region) {
    /**
     * Looks.
     *
     * @throws CannotLookException when there are no valid credentials, or nothing answers
     */
    Account account() {
        requireCredentials();
        try {
            var identity = sts.getCallerIdentity();
            return new Account(identity.account(), identity.arn().split(":")[1], region);
        } catch (AwsServiceException e) {
            throw new CannotLookException("AWS refuses the credentials: " + Call.message(e), e);
        } catch (SdkClientException e) {
            throw new CannotLookException(
                    "cannot reach AWS (" + rootCause(e) + "): look at the network, AWS_REGION and AWS_ENDPOINT_URL", e);
        }
    }

    /** Asked for by themselves, as the SDK's message about all the places where it has looked is no help to a reader. */
    private static void requireCredentials() {
        try (var credentials = DefaultCredentialsProvider.builder().build()) {
            credentials.resolveCredentials();
        } catch (SdkException e) {
            throw new CannotLookException(
                    "no credentials: set AWS_PROFILE, and log in where the profile wants that, or AWS_ACCESS_KEY_ID and"
                            + " AWS_SECRET_ACCESS_KEY",
                    e);
        }
    }

    private static String rootCause(Throwable e) {
        return e.getCause() == null
                ? e.getClass().getSimpleName() + ": " + Call.firstLine(e.getMessage())
                : rootCause(e.getCause());
    }
}
