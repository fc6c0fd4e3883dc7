package eiponlaunch.preflight.check;

import eiponlaunch.preflight.facts.Facts;
import eiponlaunch.preflight.facts.Fix;
import eiponlaunch.preflight.facts.Lookup;
import eiponlaunch.preflight.facts.Status;
import java.util.List;
import java.util.function.Function;

/** One thing that launches depend on. Judges what was seen; asks AWS nothing. */
public abstract class Check {
    /** Every check, in the order in which they help a reader: first what is missing altogether. */
    public static List<Check> all() {
        return List.of(
                new StackDeployed(),
                new GroupExists(),
                new HookHolds(),
                new HeartbeatLongEnough(),
                new HookPoolReadable(),
                new PoolLargeEnough(),
                new PoolHeadroom(),
                new PoolFreeNow(),
                new PoolUsable(),
                new AddressesTagged(),
                new BorderGroupsAgree(),
                new ZonesHaveAddresses(),
                new AddressesOrdered(),
                new WarmPoolHoldsNoAddress(),
                new SubnetsReachInternet(),
                new SubnetsGiveNoAddress(),
                new InterfacesAreDeleted(),
                new InstancesTagged(),
                new RuleStartsWorkflow(),
                new RuleMatchesHook(),
                new ScheduleReconciles(),
                new RolesMayCall(),
                new Ec2AcceptsCalls());
    }

    /** Its findings: at least one, unless nothing was to be checked. */
    public abstract List<Finding> judge(Facts facts);

    /** The name under which its findings are shown. */
    public final String name() {
        return getClass().getSimpleName();
    }

    final Finding ok(String seen) {
        return new Finding(name(), Status.ok, seen, Fix.NONE);
    }

    final Finding warning(String seen, Fix fix) {
        return new Finding(name(), Status.warning, seen, fix);
    }

    final Finding failed(String seen, Fix fix) {
        return new Finding(name(), Status.failed, seen, fix);
    }

    /** Judges the value. If there is none, the finding says why. */
    final <T> List<Finding> on(Lookup<T> seen, Function<T, List<Finding>> judge) {
        if (seen instanceof Lookup.Value<T> value) {
            return judge.apply(value.value());
        }
        var nothing = (Lookup.Nothing<T>) seen;
        return List.of(new Finding(name(), nothing.status(), nothing.why(), nothing.fix()));
    }

    /** Judges each item by itself. */
    final <T> List<Finding> onEach(Lookup<List<T>> seen, Function<T, Finding> judge) {
        return on(seen, items -> items.stream().map(judge).toList());
    }
}
