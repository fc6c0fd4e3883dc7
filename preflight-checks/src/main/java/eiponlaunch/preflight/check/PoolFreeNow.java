package eiponlaunch.preflight.check;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import eiponlaunch.preflight.facts.Address;
import eiponlaunch.preflight.facts.Facts;
import eiponlaunch.preflight.facts.Fix;
import eiponlaunch.preflight.facts.Lookup;
import eiponlaunch.preflight.facts.Shell;
import java.util.Optional;
import java.util.stream.Collectors;

/** There are free addresses for the launches that are about to come, and every instance in service has one of the pool. */
final class PoolFreeNow extends PoolCheck {
    @Override
    Finding judge(Facts facts, PoolNeeds needs) {
        var pool = needs.pool();
        var seen = pool.name() + ": " + needs.free() + " free; instances still to come into service: " + needs.atMost()
                + needs.outstanding() + (needs.served() == 0 ? "" : ", with an address already: " + needs.served());
        if (needs.free() < needs.outstanding() - needs.served()) {
            return warning(
                    seen + ", so launches " + (needs.group().units().isEmpty() ? "wait" : "may wait"),
                    allocate(needs.missingForNow(), pool, ", or free some"));
        }
        var holders = pool.usable().stream()
                .map(Address::instanceId)
                .flatMap(Optional::stream)
                .collect(Collectors.toUnmodifiableSet());
        var without = needs.group().inService().stream()
                .filter(instance -> !holders.contains(instance))
                .collect(Collectors.joining(" "));
        return without.isEmpty()
                ? ok(seen)
                : warning("in service without an address of " + pool.name() + ": " + without, reconcile(facts, needs));
    }

    /** Without a schedule only launches get an address by themselves. */
    private static Fix reconcile(Facts facts, PoolNeeds needs) {
        var arn =
                facts.stack().then(stack -> stack.resource("Reconcile")).orElse("the output ReconcileArn of the stack");
        var input = JsonNodeFactory.instance.objectNode().put("autoScalingGroupName", facts.groupName());
        if (!needs.pool().pool().equals(facts.settings().pools().ofTheStack())) {
            var tags = input.putObject("eipPool");
            needs.pool().pool().tags().forEach(tags::put);
        }
        input.put("dryRun", true);
        return facts.stack() instanceof Lookup.Value
                ? Fix.run(
                        "start the state machine Reconcile, first as a dry run (docs/guide.md, Instances that already run)",
                        "aws stepfunctions start-execution --state-machine-arn " + Shell.quote(arn) + " --input "
                                + Shell.quote(input))
                : Fix.of("deploy the stack, and start its state machine Reconcile");
    }
}
