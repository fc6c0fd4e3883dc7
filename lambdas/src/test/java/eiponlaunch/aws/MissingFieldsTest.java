package eiponlaunch.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import eiponlaunch.Aws;
import eiponlaunch.Events;
import eiponlaunch.TaskInputs;
import eiponlaunch.associateeip.AssociateEipHandler;
import eiponlaunch.associateeip.AssociateEipInput;
import eiponlaunch.associateeip.AssociateEipOutput;
import eiponlaunch.completelifecycle.CompleteLifecycleHandler;
import eiponlaunch.completelifecycle.CompleteLifecycleInput;
import eiponlaunch.completelifecycle.CompleteLifecycleOutput;
import eiponlaunch.disassociateeip.DisassociateEipHandler;
import eiponlaunch.disassociateeip.DisassociateEipInput;
import eiponlaunch.disassociateeip.DisassociateEipOutput;
import eiponlaunch.failure.EipOnLaunchException;
import eiponlaunch.findfreeeip.FindFreeEipHandler;
import eiponlaunch.findfreeeip.FindFreeEipOutput;
import eiponlaunch.model.EipPools;
import eiponlaunch.model.ElasticIp;
import eiponlaunch.telemetry.DecisionLog;
import eiponlaunch.telemetry.Decisions;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.model.CompleteLifecycleActionResponse;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingGroupsResponse;
import software.amazon.awssdk.services.autoscaling.model.RecordLifecycleActionHeartbeatResponse;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.AssociateAddressRequest;
import software.amazon.awssdk.services.ec2.model.AssociateAddressResponse;
import software.amazon.awssdk.services.ec2.model.DescribeAddressesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeAvailabilityZonesResponse;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.DisassociateAddressResponse;

/**
 * AWS may leave any field of an answer out. Whatever is missing, a handler answers or fails with one of its own errors:
 * an error of Java's would be no name that the definitions or the operators know.
 */
class MissingFieldsTest {
    private static final Clock CLOCK = Clock.fixed(Events.TIME, ZoneOffset.UTC);
    private static final EipPools POOLS = new EipPools("Application=ForwardProxy", "");
    private static final Decisions DECISIONS = new DecisionLog(new PrintStream(OutputStream.nullOutputStream()), CLOCK);

    private static final Map<String, Object> VALUES = Map.of(
            "InstanceId", Events.INSTANCE,
            "AllocationId", "eipalloc-1",
            "PublicIp", "203.0.113.1",
            "AvailabilityZone", "us-east-1-bos-1a",
            "LifecycleState", "Pending:Wait",
            "NetworkBorderGroup", "us-east-1-bos-1");

    /** An address that has them is not free. */
    private static final Set<String> IN_USE =
            Set.of("AssociationId", "InstanceId", "NetworkInterfaceId", "ServiceManaged");

    private final Map<String, SdkPojo> answers = new HashMap<>(Map.of(
            "describeAutoScalingGroups", full(DescribeAutoScalingGroupsResponse.builder(), Set.of("NextToken")),
            "describeAddresses", full(DescribeAddressesResponse.builder(), IN_USE),
            "describeInstances", full(DescribeInstancesResponse.builder(), Set.of("NextToken", "CarrierIp")),
            "describeAvailabilityZones", full(DescribeAvailabilityZonesResponse.builder(), Set.of()),
            "associateAddress", full(AssociateAddressResponse.builder(), Set.of()),
            "disassociateAddress", full(DisassociateAddressResponse.builder(), Set.of()),
            "completeLifecycleAction", full(CompleteLifecycleActionResponse.builder(), Set.of()),
            "recordLifecycleActionHeartbeat", full(RecordLifecycleActionHeartbeatResponse.builder(), Set.of())));

    private boolean severalInterfaces;

    private static SdkPojo full(SdkPojo builder, Set<String> absent) {
        return Answers.full(builder, VALUES, absent);
    }

    @Test
    void findFreeEipFindsAFreeAddressWithOrWithoutAnyField() {
        everyHandlingOf(
                        "describeAutoScalingGroups",
                        "describeAddresses",
                        "describeInstances",
                        "describeAvailabilityZones")
                .by(() -> findFreeEip().handleRequest(TaskInputs.findFreeEip(Events.launch(), POOLS, Map.of()), null))
                .usually(output -> assertThat(output.outcome()).isEqualTo(FindFreeEipOutput.Outcome.Found));
    }

    @Test
    void findFreeEipFindsTheAddressThatTheInstanceHoldsWithOrWithoutAnyField() {
        answers.put("describeAddresses", full(DescribeAddressesResponse.builder(), Set.of()));

        everyHandlingOf(
                        "describeAutoScalingGroups",
                        "describeAddresses",
                        "describeInstances",
                        "describeAvailabilityZones")
                .by(() -> findFreeEip().handleRequest(TaskInputs.findFreeEip(Events.launch(), POOLS, Map.of()), null))
                .usually(output -> assertThat(output.outcome()).isEqualTo(FindFreeEipOutput.Outcome.AlreadyHeld));
    }

    @Test
    void associateEipAssociatesWithOrWithoutAnyField() {
        severalInterfaces = true;

        everyHandlingOf("describeInstances", "associateAddress")
                .by(() -> new AssociateEipHandler(client(Ec2Client.class), CLOCK, DECISIONS)
                        .handleRequest(
                                new AssociateEipInput(
                                        Events.INSTANCE,
                                        new ElasticIp("eipalloc-1", "203.0.113.1"),
                                        Events.TIME.plusSeconds(600),
                                        null,
                                        Events.launch()),
                                null))
                .usually(output -> assertThat(output.outcome()).isEqualTo(AssociateEipOutput.Outcome.Associated));
    }

    @Test
    void disassociateEipGivesBackWithOrWithoutAnyField() {
        answers.put("describeAddresses", full(DescribeAddressesResponse.builder(), Set.of()));
        var event = Events.terminate();
        Events.detail(event).put("Destination", "WarmPool");

        everyHandlingOf("describeAddresses", "recordLifecycleActionHeartbeat", "disassociateAddress")
                .by(() -> new DisassociateEipHandler(
                                client(Ec2Client.class), client(AutoScalingClient.class), DECISIONS)
                        .handleRequest(new DisassociateEipInput(event, POOLS), null))
                .usually(output -> assertThat(output.outcome()).isEqualTo(DisassociateEipOutput.Outcome.Disassociated));
    }

    @Test
    void completeLifecycleCompletesWithOrWithoutAnyField() {
        everyHandlingOf("completeLifecycleAction")
                .by(() -> new CompleteLifecycleHandler(client(AutoScalingClient.class), DECISIONS)
                        .handleRequest(
                                new CompleteLifecycleInput(
                                        Events.launch(), CompleteLifecycleInput.Result.CONTINUE, "Pool=1"),
                                null))
                .usually(output -> assertThat(output.outcome()).isEqualTo(CompleteLifecycleOutput.Outcome.Completed));
    }

    private FindFreeEipHandler findFreeEip() {
        return new FindFreeEipHandler(client(Ec2Client.class), client(AutoScalingClient.class), CLOCK, DECISIONS);
    }

    private Handling everyHandlingOf(String... operations) {
        return new Handling(operations);
    }

    private final class Handling {
        private final String[] operations;

        Handling(String... operations) {
            this.operations = operations;
        }

        <T> Handled<T> by(Supplier<T> handling) {
            var usual = handling.get();
            for (var operation : operations) {
                var whole = answers.get(operation);
                for (var variant : Answers.eachFieldMissing(whole)) {
                    answers.put(operation, variant.answer());
                    handleWithout(operation + " without " + variant.field(), handling);
                }
                answers.put(operation, whole);
            }
            return new Handled<>(usual);
        }

        private void handleWithout(String what, Supplier<?> handling) {
            try {
                handling.get();
            } catch (EipOnLaunchException e) {
                assertThat(e).as(what).hasMessageContaining(Events.INSTANCE);
            } catch (RuntimeException e) {
                fail(what, e);
            }
        }
    }

    private record Handled<T>(T usual) {
        void usually(java.util.function.Consumer<T> check) {
            check.accept(usual);
        }
    }

    /** A client that answers every call with what the test says. */
    private <C> C client(Class<C> type) {
        InvocationHandler answer = (proxy, method, arguments) -> {
            if (method.isDefault() && !(arguments != null && arguments[0] instanceof SdkPojo)) {
                return InvocationHandler.invokeDefault(proxy, method, arguments); // the variant with a builder
            }
            if (severalInterfaces
                    && arguments[0] instanceof AssociateAddressRequest request
                    && request.instanceId() != null) {
                throw Aws.ec2Error(400, "InvalidInstanceID", "There are multiple interfaces attached to instance");
            }
            return answers.get(method.getName());
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, answer));
    }
}
