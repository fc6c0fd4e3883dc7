package eiponlaunch.preflight.read;

import eiponlaunch.preflight.facts.Lookup;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** One call to AWS, of which a refusal, a failure or an answer without sense is something that was seen too. */
final class Call {
    /** EC2 models no errors, and the services do not agree on one code. */
    private static final Set<String> DENIED =
            Set.of("AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "AuthorizationError");

    private Call() {}

    /**
     * Makes the call.
     *
     * @param action the permission that it needs, such as {@code ec2:DescribeAddresses}
     */
    static <T> Lookup<T> of(String action, Supplier<Lookup<T>> call) {
        try {
            return call.get();
        } catch (AwsServiceException e) {
            return DENIED.contains(code(e)) ? Lookup.notAllowed(action) : Lookup.noAnswer(action, message(e));
        } catch (SdkException e) {
            return Lookup.noAnswer(action, firstLine(e.getMessage()));
        } catch (RuntimeException e) {
            // A field that should be there is not, or a value that nobody expects: this is no answer of AWS.
            return Lookup.noAnswer(
                    action, "what is not an answer of AWS (" + e.getClass().getSimpleName() + ")");
        } catch (StackOverflowError e) {
            return Lookup.noAnswer(action, "what is nested too deeply to be read");
        }
    }

    static String code(AwsServiceException e) {
        var details = e.awsErrorDetails();
        return details == null || details.errorCode() == null ? "" : details.errorCode();
    }

    static String message(AwsServiceException e) {
        var details = e.awsErrorDetails();
        return details == null || details.errorCode() == null
                ? "HTTP " + e.statusCode()
                : details.errorCode() + ": " + firstLine(details.errorMessage());
    }

    static String firstLine(String message) {
        return String.valueOf(message).lines().findFirst().orElse("");
    }
}
