package eiponlaunch.disassociateeip;

import static java.util.Objects.requireNonNull;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import eiponlaunch.aws.AwsClients;
import eiponlaunch.aws.AwsFailures;
import eiponlaunch.aws.PoolFilters;
import eiponlaunch.disassociateeip.DisassociateEipOutput.Outcome;
import eiponlaunch.failure.EipOnLaunchException;
import eiponlaunch.failure.TransientException;
import eiponlaunch.model.EipPool;
import eiponlaunch.model.ElasticIp;
import eiponlaunch.model.HookPool;
import eiponlaunch.model.LifecycleAction;
import eiponlaunch.model.ServedHooks;
import eiponlaunch.model.TerminateEvent;
import eiponlaunch.model.TerminateEvent.Destination;
import eiponlaunch.telemetry.Decision;
import eiponlaunch.telemetry.DecisionLog;
import eiponlaunch.telemetry.Decisions;
import eiponlaunch.telemetry.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Address;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.Placement;

/**
 * Gives the terminating instance's address of the pool back, before EC2 does at the end of the termination. Never touches
 * an address that has moved to another instance: an association ID names one association of one address with one instance,
 * and is not used again. Takes nothing from an instance that its hook does not hold. Of several addresses none
 * keeps the others. Doing it again is harmless.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisassociateAddress.html">DisassociateAddress</a>
 */
public final class DisassociateEipHandler implements RequestHandler<DisassociateEipInput, DisassociateEipOutput> {
    /** An address that could not be given back. */
    private record Refused(ElasticIp eip, SdkException why) {
        /** A refusal that is not known is the last word: the termination would wait, and then free the address anyway. */
        EipOnLaunchException failure(String instanceId, String saidBefore) {
            return AwsFailures.typedOfAddress(
                    why, saidBefore + "DisassociateAddress of " + eip.publicIp() + " for " + instanceId);
        }
    }

    private final Ec2Client ec2;
    private final AutoScalingClient autoScaling;
    private final Decisions decisions;

    /** Called by the Lambda runtime. */
    public DisassociateEipHandler() {
        this(AwsClients.ec2(), AwsClients.autoScaling(), DecisionLog.toLog());
    }

    public DisassociateEipHandler(Ec2Client ec2, AutoScalingClient autoScaling) {
        this(ec2, autoScaling, Decisions.NONE);
    }

    public DisassociateEipHandler(Ec2Client ec2, AutoScalingClient autoScaling, Decisions decisions) {
        this.ec2 = requireNonNull(ec2, "ec2 is null");
        this.autoScaling = requireNonNull(autoScaling, "autoScaling is null");
        this.decisions = requireNonNull(decisions, "decisions is null");
    }

    @Override
    public DisassociateEipOutput handleRequest(DisassociateEipInput input, Context context) {
        var event = TerminateEvent.of(input.event());
        new ServedHooks(input.hookNames()).require(event.action());
        var pool = HookPool.of(
                event.notificationMetadata(), input.pools(), message -> decisions.warn(event.action(), message));
        if (event.destination() == Destination.AutoScalingGroup) {
            return nothingDone(event, pool, Outcome.StaysInService);
        }
        try {
            return giveBack(event, pool, addressesOf(event.instanceId(), pool));
        } catch (SdkException e) {
            throw AwsFailures.typed(e, "DisassociateEip for " + event.instanceId());
        }
    }

    private List<Address> addressesOf(String instanceId, EipPool pool) {
        return ec2
                .describeAddresses(request -> request.filters(PoolFilters.heldBy(instanceId, pool)))
                .addresses()
                .stream()
                .filter(address -> PoolFilters.isElasticIp(address) && address.associationId() != null)
                .toList();
    }

    private DisassociateEipOutput giveBack(TerminateEvent event, EipPool pool, List<Address> held) {
        if (held.isEmpty()) {
            return nothingDone(event, pool, Outcome.NoneHeld);
        }
        // After the look: what was associated while the action was active is no association of a later launch.
        if (isNotHeld(event.action())) {
            return nothingDone(event, pool, Outcome.ActionEnded);
        }
        var disassociated = new ArrayList<ElasticIp>();
        var refused = new ArrayList<Refused>();
        for (var address : held) {
            var eip = PoolFilters.eip(address);
            try {
                if (disassociate(event, pool, address)) {
                    disassociated.add(eip);
                }
            } catch (SdkException e) {
                refused.add(new Refused(eip, e));
                if (!(e instanceof AwsServiceException)) {
                    break; // no answer: the function has no time to wait for many, and the next attempt tries the
                    // others
                }
            }
        }
        if (!refused.isEmpty()) {
            throw notAllGivenBack(event.instanceId(), refused, disassociated);
        }
        return new DisassociateEipOutput(
                disassociated.isEmpty() ? Outcome.AlreadyDisassociated : Outcome.Disassociated,
                event.instanceId(),
                pool.name(),
                disassociated);
    }

    /**
     * Whether the hook does not hold the instance, or no longer. EC2 calls an instance in Terminating:Wait running, and an
     * event may be late, a duplicate or made up; recording a heartbeat is what Auto Scaling refuses unless the action is
     * active. By the instance alone: the token could be that of another instance's action. The minutes that a heartbeat adds
     * end with CONTINUE.
     */
    private boolean isNotHeld(LifecycleAction action) {
        try {
            autoScaling.recordLifecycleActionHeartbeat(
                    request -> request.autoScalingGroupName(action.autoScalingGroupName())
                            .lifecycleHookName(action.lifecycleHookName())
                            .instanceId(action.instanceId()));
            return false;
        } catch (SdkException e) {
            if (AwsFailures.isNoActiveAction(e)) {
                return true;
            }
            throw e;
        }
    }

    /**
     * Whether EC2 says that the address is free. Of an association that was over already it says so, too, or answers NotFound. Or
     * it denies the call, as it finds no address whose tags would allow it: the next attempt then finds nothing to give back.
     */
    private boolean disassociate(TerminateEvent event, EipPool pool, Address address) {
        var eip = PoolFilters.eip(address);
        try {
            ec2.disassociateAddress(request -> request.associationId(address.associationId()));
            decisions.report(new Decision(
                    Outcome.Disassociated.name(),
                    event.action(),
                    pool.name(),
                    eip,
                    null,
                    zone(event),
                    Map.of(Metric.EipReleased, 1)));
            return true;
        } catch (SdkException e) {
            if (!AwsFailures.code(e).equals("InvalidAssociationID.NotFound")) {
                throw e;
            }
            report(event, Outcome.AlreadyDisassociated, pool, eip);
            return false;
        }
    }

    /** As which failure all of them count: if one may pass, it is worth another attempt, which does not see those given back. */
    private static EipOnLaunchException notAllGivenBack(
            String instanceId, List<Refused> refused, List<ElasticIp> disassociated) {
        var deciding = refused.stream()
                .filter(one -> one.failure(instanceId, "") instanceof TransientException)
                .findFirst()
                .orElse(refused.get(0));
        var others = refused.stream()
                .filter(one -> one != deciding)
                .map(one -> one.failure(instanceId, "").getMessage());
        var released = disassociated.stream().map(eip -> eip.publicIp() + " was given back.");
        return deciding.failure(
                instanceId,
                Stream.concat(released, others).map(said -> said + " ").collect(Collectors.joining()));
    }

    private DisassociateEipOutput nothingDone(TerminateEvent event, EipPool pool, Outcome outcome) {
        report(event, outcome, pool, null);
        return new DisassociateEipOutput(outcome, event.instanceId(), pool.name(), List.of());
    }

    /** The name of the instance's zone, only to report it: null when EC2 does not tell, as a report is not worth failing for. */
    private String zone(TerminateEvent event) {
        try {
            return ec2.describeInstances(request -> request.instanceIds(event.instanceId())).reservations().stream()
                    .flatMap(reservation -> reservation.instances().stream())
                    .map(Instance::placement)
                    .filter(Objects::nonNull)
                    .map(Placement::availabilityZone)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null);
        } catch (SdkException e) {
            return null;
        }
    }

    private void report(TerminateEvent event, Outcome outcome, EipPool pool, ElasticIp eip) {
        decisions.report(new Decision(outcome.name(), event.action(), pool.name(), eip, Map.of()));
    }
}
