package eiponlaunch.preflight.read;

import eiponlaunch.preflight.facts.Account;
import eiponlaunch.preflight.facts.Address;
import eiponlaunch.preflight.facts.DryRuns;
import eiponlaunch.preflight.facts.DryRuns.DryRun;
import eiponlaunch.preflight.facts.Fix;
import eiponlaunch.preflight.facts.Group;
import eiponlaunch.preflight.facts.Group.Member;
import eiponlaunch.preflight.facts.Lookup;
import eiponlaunch.preflight.facts.PoolAddresses;
import eiponlaunch.preflight.facts.Stack;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Ec2Response;

/**
 * Whether EC2 would accept the functions' calls, as it says itself to a dry run. That takes into account all that IAM knows,
 * service control policies and permissions boundaries too, but answers for the caller.
 *
 * @param ec2 a client that sends only dry runs
 * @param caller whose account it is, and as whom it is asked
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateAddress.html">DryRun of
 *     AssociateAddress</a>
 */
record DryRunner(Ec2Client ec2, Account caller) {
    private record Ec2Call(String function, String action) {}

    /** Asks the calls of all functions; those of one only where the caller is a session of its role. */
    DryRuns ask(List<Question> questions, Lookup<Stack> stack, Group group, List<PoolAddresses> pools) {
        var function = questions.stream()
                .map(Question::caller)
                .filter(name -> stack.then(found -> found.resource(name + "Role"))
                        .then(role -> Lookup.of(caller.isSessionOf(role)))
                        .orElse(false))
                .findFirst();
        return new DryRuns(
                caller.caller(),
                function,
                questions.stream()
                        .filter(question -> function.isEmpty() || function.get().equals(question.caller()))
                        .filter(question -> question.action().startsWith("ec2:"))
                        .map(question -> new Ec2Call(question.caller(), question.action()))
                        .distinct() // EC2 wants all resources of a call together, IAM's simulator each by itself
                        .flatMap(call -> ask(call.action(), group, pools)
                                .map(accepted -> new DryRun(call.function(), call.action(), accepted)))
                        .toList());
    }

    private Stream<Lookup<Boolean>> ask(String action, Group group, List<PoolAddresses> pools) {
        return switch (action) {
            case "ec2:DescribeAddresses" ->
                Stream.of(accepted(action, () -> ec2.describeAddresses(request -> request.dryRun(true))));
            case "ec2:DescribeInstances" ->
                Stream.of(accepted(action, () -> ec2.describeInstances(request -> request.dryRun(true))));
            case "ec2:DescribeAvailabilityZones" ->
                Stream.of(accepted(action, () -> ec2.describeAvailabilityZones(request -> request.dryRun(true))));
            case "ec2:AssociateAddress" -> pools.stream().map(pool -> associate(action, group, pool));
            case "ec2:DisassociateAddress" -> pools.stream().map(pool -> disassociate(action, pool));
            default -> throw new IllegalArgumentException("no dry run of " + action);
        };
    }

    /** With an address and an instance that exist, as it may depend on their tags. */
    private Lookup<Boolean> associate(String action, Group group, PoolAddresses pool) {
        var instance = group.members().stream().map(Member::instanceId).findFirst();
        if (instance.isEmpty()) {
            return Lookup.notAsked("the group has no instance", Fix.of("run preflight again when it has one"));
        }
        return pool.free()
                .or(pool::example)
                .map(address -> accepted(
                        action,
                        () -> ec2.associateAddress(request -> request.allocationId(address.allocationId())
                                .instanceId(instance.get())
                                .allowReassociation(false)
                                .dryRun(true))))
                .orElseGet(() -> Lookup.notAsked(pool.name() + " has no address", Fix.of("give the pool addresses")));
    }

    private Lookup<Boolean> disassociate(String action, PoolAddresses pool) {
        Optional<String> association = pool.usable().stream()
                .map(Address::associationId)
                .flatMap(Optional::stream)
                .findFirst();
        return association
                .map(id -> accepted(
                        action,
                        () -> ec2.disassociateAddress(
                                request -> request.associationId(id).dryRun(true))))
                .orElseGet(() -> Lookup.notAsked(
                        "no address of " + pool.name() + " is in use", Fix.of("run preflight again when one is")));
    }

    /** A dry run ends in an error always; its code is the answer. */
    private static Lookup<Boolean> accepted(String action, Supplier<Ec2Response> dryRun) {
        return Call.of(action, () -> {
            try {
                dryRun.get();
                return Lookup.noAnswer(action, "as if it were not a dry run");
            } catch (Ec2Exception e) {
                return switch (Call.code(e)) {
                    case "DryRunOperation" -> Lookup.of(true);
                    case "UnauthorizedOperation" -> Lookup.of(false);
                    default -> throw e;
                };
            }
        });
    }
}
