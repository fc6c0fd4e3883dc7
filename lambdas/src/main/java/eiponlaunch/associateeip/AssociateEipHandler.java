package eiponlaunch.associateeip;

import static java.util.Objects.requireNonNull;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import eiponlaunch.associateeip.AssociateEipOutput.Outcome;
import eiponlaunch.aws.AwsClients;
import eiponlaunch.aws.AwsFailures;
import eiponlaunch.aws.PrimaryInterface;
import eiponlaunch.failure.DeadlinePassedException;
import eiponlaunch.failure.EipOnLaunchException;
import eiponlaunch.failure.InstanceGoneException;
import eiponlaunch.failure.InstanceNotReadyException;
import eiponlaunch.failure.MalformedEventException;
import eiponlaunch.failure.RefusedException;
import eiponlaunch.model.LaunchEvent;
import eiponlaunch.telemetry.Decision;
import eiponlaunch.telemetry.DecisionLog;
import eiponlaunch.telemetry.Decisions;
import eiponlaunch.telemetry.Metric;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.AssociateAddressRequest;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterface;

/**
 * Associates one Elastic IP with the launching instance; never takes an address from another instance. Doing it again is
 * harmless: EC2 accepts a pair that is associated already.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateAddress.html">AssociateAddress</a>
 */
public final class AssociateEipHandler implements RequestHandler<AssociateEipInput, AssociateEipOutput> {
    private final Ec2Client ec2;
    private final Clock clock;
    private final Decisions decisions;

    /** Called by the Lambda runtime. */
    public AssociateEipHandler() {
        this(AwsClients.ec2(), Clock.systemUTC(), DecisionLog.toLog());
    }

    public AssociateEipHandler(Ec2Client ec2, Clock clock) {
        this(ec2, clock, Decisions.NONE);
    }

    public AssociateEipHandler(Ec2Client ec2, Clock clock, Decisions decisions) {
        this.ec2 = requireNonNull(ec2, "ec2 is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.decisions = requireNonNull(decisions, "decisions is null");
    }

    @Override
    public AssociateEipOutput handleRequest(AssociateEipInput input, Context context) {
        var before = new Refusals(input.triedInVain(), input.refusedSince());
        var allocationId = input.eip().allocationId();
        if (input.startBy() != null && clock.instant().isAfter(input.startBy())) {
            // The instance may have another address by now, which this one would replace.
            return decided(Outcome.Late, input, null, before);
        }
        try {
            associateWithInstance(input);
            return decided(Outcome.Associated, input, null, before);
        } catch (SdkException e) {
            return switch (AwsFailures.code(e)) {
                case "Resource.AlreadyAssociated" -> decided(Outcome.Taken, input, null, before.tried(allocationId));
                case "InvalidAllocationID.NotFound" ->
                    decided(Outcome.Released, input, null, before.tried(allocationId));
                default -> refused(input, before, failure(input, e), AwsFailures.code(e));
            };
        }
    }

    /** Goes on to another address where that may help; else fails. */
    private AssociateEipOutput refused(
            AssociateEipInput input, Refusals before, EipOnLaunchException failure, String code) {
        if (!(failure instanceof RefusedException)) {
            throw failure;
        }
        var now = clock.instant();
        var allocationId = input.eip().allocationId();
        var output = decided(Outcome.Refused, input, code, before.refused(allocationId, now));
        if (input.triedInVain() == null || before.areEnough(allocationId, now)) {
            throw failure;
        }
        return output;
    }

    private EipOnLaunchException failure(AssociateEipInput input, SdkException e) {
        return AwsFailures.isUnknownInstance(e) && mayBeUnknown(input)
                ? notKnownYet(
                        "AssociateAddress for " + input.instanceId() + " failed, " + AwsFailures.code(e) + ": "
                                + AwsFailures.message(e) + ". ",
                        e)
                : AwsFailures.before(
                        input.deadline(),
                        clock.instant(),
                        AwsFailures.typedOfAddress(e, "AssociateAddress for " + input.instanceId()));
    }

    private void associateWithInstance(AssociateEipInput input) {
        try {
            associate(input, request -> request.instanceId(input.instanceId()));
        } catch (SdkException e) {
            if (!hasSeveralInterfaces(e)) {
                throw e;
            }
            var primary = primaryInterface(input);
            associate(input, request -> request.networkInterfaceId(primary));
        }
    }

    private void associate(AssociateEipInput input, Consumer<AssociateAddressRequest.Builder> target) {
        if (!clock.instant().isBefore(input.deadline())) {
            throw new DeadlinePassedException(
                    "The deadline " + input.deadline() + " has passed: "
                            + input.eip().publicIp() + " is not associated with " + input.instanceId() + " any more.",
                    null);
        }
        // EC2 moves an address that is in use unless it is told not to.
        var answer = ec2.associateAddress(target.andThen(
                request -> request.allocationId(input.eip().allocationId()).allowReassociation(false)));
        if (answer.associationId() == null || answer.associationId().isBlank()) {
            throw AwsFailures.incomplete("AssociateAddress for " + input.instanceId(), "an association ID");
        }
    }

    private static boolean hasSeveralInterfaces(SdkException e) {
        return AwsFailures.code(e).equals("InvalidInstanceID")
                && AwsFailures.message(e).contains("multiple interfaces");
    }

    private String primaryInterface(AssociateEipInput input) {
        return ec2.describeInstances(request -> request.instanceIds(input.instanceId())).reservations().stream()
                .flatMap(reservation -> reservation.instances().stream())
                .flatMap(instance -> instance.networkInterfaces().stream())
                .filter(PrimaryInterface::is)
                .map(InstanceNetworkInterface::networkInterfaceId)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow(() -> mayBeUnknown(input)
                        ? notKnownYet(input.instanceId() + " shows no primary network interface yet. ", null)
                        : new InstanceGoneException(
                                input.instanceId()
                                        + " no longer has a primary network interface: it is being terminated.",
                                null));
    }

    /** Whether the instance may be too new for EC2 to know it everywhere. */
    private boolean mayBeUnknown(AssociateEipInput input) {
        var launch = launch(input);
        return launch != null && launch.mayBeUnknown(clock.instant());
    }

    private static InstanceNotReadyException notKnownYet(String what, SdkException e) {
        return new InstanceNotReadyException(
                what + "EC2 does not know a new instance everywhere at once, so the call is tried again.", e);
    }

    private AssociateEipOutput decided(Outcome outcome, AssociateEipInput input, String code, Refusals refusals) {
        var launch = launch(input);
        decisions.report(new Decision(
                outcome.name(),
                launch == null ? null : launch.action(),
                input.pool(),
                input.eip(),
                code,
                input.zone(),
                metrics(outcome, launch)));
        return new AssociateEipOutput(
                outcome, input.instanceId(), input.eip(), code, refusals.triedInVain(), refusals.since());
    }

    private Map<Metric, Number> metrics(Outcome outcome, LaunchEvent launch) {
        return switch (outcome) {
            case Associated ->
                launch == null || launch.action().execution() == null // an instance that runs already
                        ? Map.of(Metric.EipAssociated, 1)
                        : Map.of(
                                Metric.EipAssociated,
                                1,
                                Metric.SecondsToAssociate,
                                Duration.between(launch.time(), clock.instant()).toMillis() / 1000.0);
            case Taken -> Map.of(Metric.EipConflicts, 1);
            case Released, Late -> Map.of();
            case Refused -> Map.of(Metric.EipRefused, 1);
        };
    }

    /** Whose launch it is, or null: a report is not worth failing for. */
    private LaunchEvent launch(AssociateEipInput input) {
        try {
            return input.event() == null ? null : LaunchEvent.of(input.event(), clock.instant());
        } catch (MalformedEventException e) {
            return null;
        }
    }
}
