package eiponlaunch;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingException;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;

/** Answers of AWS that tests need. */
public final class Aws {
    private Aws() {}

    public static Ec2Exception ec2Error(int status, String code, String message) {
        return (Ec2Exception) Ec2Exception.builder()
                .statusCode(status)
                .awsErrorDetails(details(code, message))
                .build();
    }

    public static AutoScalingException autoScalingError(int status, String code, String message) {
        return (AutoScalingException) AutoScalingException.builder()
                .statusCode(status)
                .awsErrorDetails(details(code, message))
                .build();
    }

    private static AwsErrorDetails details(String code, String message) {
        return AwsErrorDetails.builder()
                .serviceName("test")
                .errorCode(code)
                .errorMessage(message)
                .build();
    }
}
