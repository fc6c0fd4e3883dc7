package eiponlaunch.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eiponlaunch.Aws;
import eiponlaunch.Events;
import eiponlaunch.FakeAutoScaling;
import eiponlaunch.FakeEc2;
import eiponlaunch.TaskInputs;
import eiponlaunch.associateeip.AssociateEipHandler;
import eiponlaunch.associateeip.AssociateEipInput;
import eiponlaunch.completelifecycle.CompleteLifecycleHandler;
import eiponlaunch.completelifecycle.CompleteLifecycleInput;
import eiponlaunch.completelifecycle.CompleteLifecycleInput.Result;
import eiponlaunch.disassociateeip.DisassociateEipHandler;
import eiponlaunch.disassociateeip.DisassociateEipInput;
import eiponlaunch.findfreeeip.FindFreeEipHandler;
import eiponlaunch.model.EipPools;
import eiponlaunch.model.ElasticIp;
import eiponlaunch.model.LifecycleAction;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ec2.model.Address;
import software.amazon.awssdk.services.ec2.model.Instance;

/** What each handler reports. */
class ReportsTest {
    private static final Clock CLOCK = Clock.fixed(Events.TIME.plusMillis(2500), ZoneOffset.UTC);
    private static final LifecycleAction ACTION = LifecycleAction.of(Events.launch());
    private static final ElasticIp EIP = new ElasticIp("eipalloc-1", "203.0.113.10");

    private static final String POOL = "Application=ForwardProxy";

    private final FakeEc2 ec2 = new FakeEc2();
    private final FakeAutoScaling autoScaling = new FakeAutoScaling();
    private final List<Decision> reported = new ArrayList<>();

    @Test
    void aLookReportsHowManyAddressesThePoolHasAndHowManyAreFree() {
        ec2.addresses.add(address("eipalloc-1", null));
        ec2.addresses.add(address("eipalloc-2", "eipassoc-2"));

        find();

        assertThat(reported)
                .containsExactly(
                        new Decision("Found", ACTION, POOL, EIP, Map.of(Metric.PoolFree, 1, Metric.PoolSize, 2)));
    }

    @Test
    void anEmptyPoolIsReportedAsSuch() {
        find();

        assertThat(reported)
                .containsExactly(
                        new Decision("PoolEmpty", ACTION, POOL, null, Map.of(Metric.PoolFree, 0, Metric.PoolSize, 0)));
    }

    @Test
    void anAssociationReportsTheSecondsSinceTheEvent() {
        associate(Events.launch());

        assertThat(reported)
                .containsExactly(new Decision(
                        "Associated",
                        ACTION,
                        POOL,
                        EIP,
                        Map.of(Metric.EipAssociated, 1, Metric.SecondsToAssociate, 2.5)));
    }

    @Test
    void anAddressThatWasTakenIsAConflict() {
        ec2.failures.add(Aws.ec2Error(400, "Resource.AlreadyAssociated", "taken"));

        associate(Events.launch());

        assertThat(reported).containsExactly(new Decision("Taken", ACTION, POOL, EIP, Map.of(Metric.EipConflicts, 1)));
    }

    @Test
    void anAddressThatIsRefusedIsReportedWithEc2sCodeAndCountedEachTime() {
        ec2.failures.add(Aws.ec2Error(400, "OperationNotPermitted", "managed by a service"));
        ec2.failures.add(Aws.ec2Error(400, "OperationNotPermitted", "managed by a service"));
        var handler = new AssociateEipHandler(ec2, CLOCK, reported::add);

        handler.handleRequest(refused(Events.TIME), null);
        assertThatThrownBy(() -> handler.handleRequest(refused(Events.TIME.minusSeconds(120)), null))
                .as("the last refusal")
                .hasMessageContaining("OperationNotPermitted");

        assertThat(reported)
                .hasSize(2)
                .containsOnly(new Decision(
                        "Refused", ACTION, POOL, EIP, "OperationNotPermitted", null, Map.of(Metric.EipRefused, 1)));
    }

    private static AssociateEipInput refused(Instant since) {
        return new AssociateEipInput(
                Events.INSTANCE,
                EIP,
                Events.TIME.plusSeconds(600),
                POOL,
                Events.launch(),
                List.of(EIP.allocationId()),
                since,
                null);
    }

    @Test
    void anAssociationSucceedsWithoutKnowingTheEvent() {
        associate(null);
        associate(Events.json("{}"));

        assertThat(reported)
                .hasSize(2)
                .containsOnly(new Decision("Associated", null, POOL, EIP, Map.of(Metric.EipAssociated, 1)));
    }

    @ParameterizedTest
    @CsvSource({"CONTINUE, 0", "ABANDON, 1"})
    void onlyAbandonCountsAsAbandoned(Result result, int abandoned) {
        new CompleteLifecycleHandler(new FakeAutoScaling(), reported::add)
                .handleRequest(new CompleteLifecycleInput(Events.launch(), result, POOL), null);

        assertThat(reported).singleElement().satisfies(decision -> {
            assertThat(decision.name()).isEqualTo(result.name());
            assertThat(decision.pool()).isEqualTo(POOL);
            assertThat(decision.metrics().getOrDefault(Metric.LaunchAbandoned, 0))
                    .isEqualTo(abandoned);
        });
    }

    @Test
    void anAddressThatIsGivenBackCountsAsReleased() {
        ec2.addresses.add(address("eipalloc-1", "eipassoc-1"));

        disassociate();

        assertThat(reported)
                .containsExactly(new Decision(
                        "Disassociated",
                        LifecycleAction.of(Events.terminate()),
                        POOL,
                        EIP,
                        Map.of(Metric.EipReleased, 1)));
    }

    @Test
    void anInstanceWithoutAnAddressReportsThatAndCountsForNothing() {
        disassociate();

        assertThat(reported)
                .containsExactly(
                        new Decision("NoneHeld", LifecycleAction.of(Events.terminate()), POOL, null, Map.of()));
    }

    @Test
    void anAssociationThatHadEndedIsReportedAndCountsForNothing() {
        ec2.addresses.add(address("eipalloc-1", "eipassoc-1"));
        ec2.disassociationFailures.add(Aws.ec2Error(400, "InvalidAssociationID.NotFound", "no such association"));

        disassociate();

        assertThat(reported)
                .containsExactly(new Decision(
                        "AlreadyDisassociated", LifecycleAction.of(Events.terminate()), POOL, EIP, Map.of()));
    }

    @Test
    void aReleaseIsReportedWithTheInstancesZoneAndWithoutItWhereEc2DoesNotTell() {
        ec2.addresses.add(address("eipalloc-1", "eipassoc-1"));
        ec2.instances.add(Instance.builder()
                .instanceId(Events.INSTANCE)
                .placement(placement -> placement.availabilityZone("us-east-1a"))
                .build());

        disassociate();
        ec2.describeInstancesFailures.add(Aws.ec2Error(503, "RequestLimitExceeded", "Request limit exceeded."));
        disassociate();

        assertThat(reported).extracting(Decision::name).containsExactly("Disassociated", "Disassociated");
        assertThat(reported).extracting(Decision::zone).containsExactly("us-east-1a", null);
    }

    private void disassociate() {
        new DisassociateEipHandler(ec2, new FakeAutoScaling(), reported::add)
                .handleRequest(new DisassociateEipInput(Events.terminate(), new EipPools(POOL, "")), null);
    }

    private void find() {
        new FindFreeEipHandler(ec2, autoScaling, CLOCK, reported::add)
                .handleRequest(TaskInputs.findFreeEip(Events.launch(), new EipPools(POOL, ""), Map.of()), null);
    }

    private void associate(Object event) {
        new AssociateEipHandler(ec2, CLOCK, reported::add)
                .handleRequest(
                        new AssociateEipInput(Events.INSTANCE, EIP, Events.TIME.plusSeconds(600), POOL, event), null);
    }

    private static Address address(String allocationId, String associationId) {
        return Address.builder()
                .allocationId(allocationId)
                .publicIp("203.0.113.10")
                .associationId(associationId)
                .build();
    }
}
