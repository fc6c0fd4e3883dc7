package eiponlaunch.preflight.read;

import eiponlaunch.preflight.facts.Account;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * Whose account this is. The call needs no permission, so it also shows whether anything can be looked at.
 *
 * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html">GetCallerIdentity</a>
 */
record AccountReader(StsClient sts, AwsCredentialsProvider credentials, String region) {
    /**
     * Looks.
     *
     * @param missing what to say when there are no credentials
     * @throws CannotReadException when there are no valid credentials, or nothing answers
     */
    Account account(String missing) {
        requireCredentials(missing);
        try {
            var identity = sts.getCallerIdentity();
            return new Account(identity.account(), identity.arn().split(":")[1], region, identity.arn());
        } catch (AwsServiceException e) {
            throw new CannotReadException("AWS refuses the credentials: " + Call.message(e), e);
        } catch (SdkClientException e) {
            throw new CannotReadException(
                    "cannot reach AWS (" + rootCause(e) + "): check the network, AWS_REGION and AWS_ENDPOINT_URL", e);
        } catch (RuntimeException | StackOverflowError e) {
            throw new CannotReadException(
                    "what answers sts:GetCallerIdentity is not AWS ("
                            + e.getClass().getSimpleName() + "): check AWS_ENDPOINT_URL",
                    e);
        }
    }

    /** Resolved separately, because the SDK's message lists every place where it looked and does not help the reader. */
    private void requireCredentials(String missing) {
        try {
            credentials.resolveCredentials();
        } catch (SdkException e) {
            throw new CannotReadException(missing, e);
        }
    }

    private static String rootCause(Throwable e) {
        return e.getCause() == null
                ? e.getClass().getSimpleName() + ": " + Call.firstLine(e.getMessage())
                : rootCause(e.getCause());
    }
}
