package eiponlaunch.preflight.facts;

/**
 * Whether a function's role allows a call.
 *
 * @param function the function, by its name in the template
 * @param action the call, such as {@code ec2:AssociateAddress}
 * @param resource the ARN that was asked for, or {@code *}
 * @param decision {@code allowed}, {@code implicitDeny} or {@code explicitDeny}, as IAM words it
 */
public record Permission(String function, String action, String resource, String decision) {
    public boolean allowed() {
        return decision.equals("allowed");
    }
}
