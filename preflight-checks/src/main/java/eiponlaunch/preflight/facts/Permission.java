package eiponlaunch.preflight.facts;

/**
 * Whether a role of the stack allows a call.
 *
 * @param caller the function, state machine, rule or schedule whose role it is, as the role's name in the template begins
 * @param action the call, such as {@code ec2:AssociateAddress}
 * @param resource the ARN that was asked for, or {@code *}
 * @param decision {@code allowed}, {@code implicitDeny} or {@code explicitDeny}, as IAM words it
 */
public record Permission(String caller, String action, String resource, String decision) {
    public boolean allowed() {
        return decision.equals("allowed");
    }
}
