package eiponlaunch.preflight.look;

import eiponlaunch.preflight.facts.Account;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
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
        try {
            var identity = sts.getCallerIdentity();
            return new Account(identity.account(), identity.arn().split(":")[1], region);
        } catch (AwsServiceException e) {
            throw new CannotLookException("AWS refuses the credentials: " + Call.message(e), e);
        } catch (SdkClientException e) {
            throw new CannotLookException("cannot reach AWS: " + Call.firstLine(e.getMessage()), e);
        }
    }
}
