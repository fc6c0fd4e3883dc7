package eiponlaunch.preflight.check;

import eiponlaunch.preflight.facts.DryRuns;
import eiponlaunch.preflight.facts.DryRuns.DryRun;
import eiponlaunch.preflight.facts.Facts;
import eiponlaunch.preflight.facts.Fix;
import eiponlaunch.preflight.facts.Lookup;
import java.util.ArrayList;
import java.util.List;

/**
 * EC2 itself would accept what the functions call. Judged only on request, as EC2 answers for the caller.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateAddress.html">DryRun of
 *     AssociateAddress</a>
 */
final class Ec2AcceptsCalls extends Check {
    @Override
    public List<Finding> judge(Facts facts) {
        return facts.dryRuns().map(dryRuns -> on(dryRuns, this::judge)).orElse(List.of());
    }

    private List<Finding> judge(DryRuns dryRuns) {
        var askedAs = ", asked as " + dryRuns.caller();
        var accepted = dryRuns.calls().stream()
                .filter(call -> call.accepted().orElse(false))
                .count();
        var findings = new ArrayList<Finding>();
        if (dryRuns.calls().isEmpty()) {
            findings.add(ok("nothing to ask, as " + dryRuns.function().orElse("nobody") + " calls no EC2" + askedAs));
        }
        if (accepted > 0) {
            findings.add(ok("EC2 would accept calls: " + accepted + askedAs));
        }
        dryRuns.calls().stream()
                .filter(call -> !call.accepted().orElse(false))
                .map(call -> notAccepted(call, dryRuns, askedAs))
                .forEach(findings::add);
        return findings;
    }

    private Finding notAccepted(DryRun call, DryRuns dryRuns, String askedAs) {
        var name = call.action() + " of " + call.function();
        if (call.accepted() instanceof Lookup.Nothing<Boolean> nothing) {
            return new Finding(name(), nothing.status(), name + ": " + nothing.why() + askedAs, nothing.fix());
        }
        var role = call.function() + "Role";
        return failed(
                "EC2 refuses " + name + askedAs,
                Fix.of(
                        dryRuns.function().isPresent()
                                ? "compare " + role + " with sam-template.yaml, and look for permission boundaries and"
                                        + " service control policies"
                                : "ask as the function: --dry-run=PROFILE with a profile of the stack's " + role));
    }
}
