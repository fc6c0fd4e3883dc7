package eiponlaunch.preflight.facts;

import eiponlaunch.model.EipPool;
import eiponlaunch.preflight.facts.Group.Member;
import java.util.List;
import java.util.Optional;

/**
 * All that was read from an account.
 *
 * @param target what was looked at
 * @param stack the stack
 * @param group the group
 * @param warmPool the instances of its warm pool; none when it has no warm pool
 * @param handlings how launches are held and answered; then terminations, with early release
 * @param pools the pools that the launch hooks choose
 * @param subnets the group's subnets
 * @param launches what the group's launch templates, or its launch configuration, say of instances
 * @param permissions what the functions' roles allow
 * @param dryRuns what EC2 itself would accept, if asked
 * @param reconciling the schedule of Reconcile, if there is to be one
 */
public record Facts(
        Target target,
        Lookup<Stack> stack,
        Lookup<Group> group,
        Lookup<List<Member>> warmPool,
        List<Handling> handlings,
        Lookup<List<PoolAddresses>> pools,
        Lookup<List<Subnet>> subnets,
        Lookup<List<LaunchData>> launches,
        Lookup<List<Permission>> permissions,
        Optional<Lookup<DryRuns>> dryRuns,
        Optional<Lookup<Reconciling>> reconciling) {
    public Facts {
        handlings = List.copyOf(handlings);
    }

    public String groupName() {
        return target.groupName();
    }

    public Settings settings() {
        return target.settings();
    }

    /** The group, and the instances of its warm pool among its own: Auto Scaling lists them apart. */
    public Lookup<Group> groupWithWarmPool() {
        return group.then(found -> warmPool.then(warm -> Lookup.of(found.with(warm))));
    }

    /** Whether a hook makes an instance that leaves the group give back its address of the pool. */
    public boolean isGivenBackEarly(EipPool pool) {
        return handlings.stream()
                .filter(handling -> handling.transition() == Transition.TERMINATION)
                .flatMap(handling -> handling.hooks().orElse(List.of()).stream())
                .filter(hook ->
                        hook.transition().equals(Transition.TERMINATION.hook().lifecycleTransition()))
                .anyMatch(hook -> HookPool.of(hook, settings().pools()).covers(pool));
    }
}
