package eiponlaunch.failure;

/** The instance's VPC has no internet gateway, without which no public address can be associated. */
public final class NoInternetGatewayException extends EipOnLaunchException {
    public NoInternetGatewayException(String message, Throwable cause) {
        super(message, cause);
    }
}
