package eiponlaunch.preflight.facts;

import java.util.List;
import java.util.Optional;

/**
 * What EC2 answers to the functions' calls in a dry run.
 *
 * @param caller the ARN as which it was asked
 * @param function the function of whose role the caller is a session, if it is one; only its calls were asked then
 * @param calls the calls
 */
public record DryRuns(String caller, Optional<String> function, List<DryRun> calls) {
    /**
     * A call.
     *
     * @param function the function, by its name in the template
     * @param action the call, such as {@code ec2:AssociateAddress}
     * @param accepted whether EC2 would accept it
     */
    public record DryRun(String function, String action, Lookup<Boolean> accepted) {}

    public DryRuns {
        calls = List.copyOf(calls);
    }
}
