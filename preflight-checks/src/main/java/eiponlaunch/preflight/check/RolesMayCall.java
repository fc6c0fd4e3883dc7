package eiponlaunch.preflight.check;

import eiponlaunch.preflight.facts.Facts;
import eiponlaunch.preflight.facts.Fix;
import eiponlaunch.preflight.facts.Permission;
import java.util.List;

/**
 * Each role allows what its function, state machine, rule or schedule calls, on the resources of this stack, group and pool.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html">SimulatePrincipalPolicy</a>
 */
final class RolesMayCall extends Check {
    @Override
    public List<Finding> judge(Facts facts) {
        return on(facts.permissions(), permissions -> {
            var denied = permissions.stream()
                    .filter(permission -> !permission.allowed())
                    .map(this::denied)
                    .toList();
            return denied.isEmpty() ? List.of(ok("all " + permissions.size() + " calls are allowed")) : denied;
        });
    }

    private Finding denied(Permission permission) {
        return failed(
                permission.caller() + " may not call " + permission.action() + " on " + permission.resource() + ": "
                        + permission.decision(),
                Fix.of("compare " + permission.caller() + "Role with sam-template.yaml, and look for permission"
                        + " boundaries and service control policies"));
    }
}
