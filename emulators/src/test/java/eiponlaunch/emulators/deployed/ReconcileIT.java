package eiponlaunch.emulators.deployed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import eiponlaunch.emulators.Endpoints;
import eiponlaunch.emulators.Events;
import eiponlaunch.emulators.Executions;
import eiponlaunch.emulators.Executions.Ended;
import eiponlaunch.emulators.Pool;
import eiponlaunch.emulators.wire.Wire;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.scheduler.SchedulerClient;
import software.amazon.awssdk.services.scheduler.model.ScheduleState;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/**
 * Reconcile as deployed by SAM CLI and run by ministack, for instances of moto. Auto Scaling's answers are written here: of
 * the group, one more instance is being launched, for which an address is left over.
 */
class ReconcileIT {
    private static final int INSTANCES = 7;
    private static final int LAUNCHES = 1;

    private static final Executions EXECUTIONS = new Executions(Endpoints.ministack());
    private static final SchedulerClient SCHEDULER = Endpoints.client(
            SchedulerClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder()), Endpoints.ministack());
    private static final Pool MOTO = new Pool(Endpoints.moto());
    private static final Wire WIRE = new Wire();
    private static final String GROUP = "forward-proxy";

    private static Deployment stack;
    private static List<String> instances;

    @BeforeAll
    static void deploy() {
        stack = Deployment.of("reconcile", WIRE.url(), "DeadlineSeconds=30", "ReconcileGroups=" + GROUP);
        schedule(ScheduleState.DISABLED); // it would start runs between those of the tests
        instances = Stream.generate(MOTO::runInstance).limit(INSTANCES).toList();
    }

    @AfterAll
    static void close() {
        WIRE.close();
    }

    @BeforeEach
    void emptyPool() {
        WIRE.reset();
        WIRE.passOn(Endpoints.moto());
        WIRE.answer("DescribeAutoScalingGroups", Wire.xml(200, groups(group())));
        WIRE.answer("DescribeScalingActivities", Wire.xml(200, noActivities()));
        MOTO.clear();
    }

    @Test
    void everyInstanceOfTheGroupGetsAnAddressAndASecondRunChangesNothing() {
        allocate(INSTANCES + LAUNCHES);

        var first = reconcile(false);
        var second = reconcile(false);

        assertThat(first.status()).as("%s", first).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(first.output().at("/counts/associated").asInt()).isEqualTo(INSTANCES);
        assertThat(second.output().at("/counts/alreadyHeld").asInt()).isEqualTo(INSTANCES);
        assertThat(holders()).containsExactlyInAnyOrderElementsOf(instances);
        assertThat(MOTO.holders()).hasSize(INSTANCES + LAUNCHES);
        assertThat(WIRE.sent("AssociateAddress")).hasSize(INSTANCES);
    }

    @Test
    void aDryRunNamesADifferentAddressForEachInstanceAndWritesNothing() {
        allocate(INSTANCES + LAUNCHES);

        var dry = reconcile(true);

        assertThat(dry.status()).as("%s", dry).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(StreamSupport.stream(dry.output().get("instances").spliterator(), false)
                        .map(instance -> instance.at("/eip/allocationId").asText()))
                .hasSize(INSTANCES)
                .doesNotHaveDuplicates();
        assertThat(WIRE.sent("AssociateAddress")).isEmpty();
        assertThat(MOTO.holders().values()).containsOnly("");
    }

    @Test
    void aPoolThatIsTooSmallFailsAndNamesTheInstancesWithoutAnAddress() {
        allocate(INSTANCES + LAUNCHES - 2);

        var ended = reconcile(false);

        assertThat(ended.error()).isEqualTo("SomeInstancesWithoutEip");
        assertThat(ended.cause()).startsWith("2 of 7 instances").contains(": NoFreeEip: ");
        assertThat(holders()).hasSize(INSTANCES - 2).doesNotHaveDuplicates().isSubsetOf(instances);
    }

    @Test
    void anUnknownGroupIsNotFound() {
        WIRE.answer("DescribeAutoScalingGroups", Wire.xml(200, groups("")));

        var ended = reconcile(false);

        assertThat(ended.error()).isEqualTo("GroupNotFound");
    }

    /** As deployed, but every minute: ministack fires it. */
    @Test
    void theScheduleStartsItForItsGroups() {
        var known = EXECUTIONS.of(stack.output("ReconcileArn"));
        allocate(INSTANCES + LAUNCHES);

        schedule(ScheduleState.ENABLED);
        var ended = EXECUTIONS.awaitStarted(stack.output("ReconcileArn"), known);
        schedule(ScheduleState.DISABLED);

        assertThat(ended.status()).as("%s", ended).isEqualTo(ExecutionStatus.SUCCEEDED);
        assertThat(ended.output().path("autoScalingGroupName").asText()).isEqualTo(GROUP);
        assertThat(holders()).containsExactlyInAnyOrderElementsOf(instances);
    }

    /** Changes nothing of the stack's schedule but its state and how often it fires. */
    private static void schedule(ScheduleState state) {
        var found = SCHEDULER.listSchedules(request -> {}).schedules().stream()
                .filter(schedule -> schedule.name().startsWith("reconcile-"))
                .findFirst()
                .orElseThrow();
        var deployed = SCHEDULER.getSchedule(
                request -> request.groupName(found.groupName()).name(found.name()));
        SCHEDULER.updateSchedule(request -> request.groupName(found.groupName())
                .name(found.name())
                .scheduleExpression("rate(1 minute)")
                .flexibleTimeWindow(deployed.flexibleTimeWindow())
                .target(deployed.target())
                .state(state));
    }

    private static void allocate(int addresses) {
        for (int i = 0; i < addresses; i++) {
            MOTO.allocate();
        }
    }

    /** The instances that have an address. */
    private static List<String> holders() {
        return MOTO.holders().values().stream()
                .filter(holder -> !holder.isEmpty())
                .toList();
    }

    private static Ended reconcile(boolean dryRun) {
        return EXECUTIONS.run(stack.output("ReconcileArn"), input(dryRun));
    }

    private static JsonNode input(boolean dryRun) {
        return Events.JSON.createObjectNode().put("autoScalingGroupName", GROUP).put("dryRun", dryRun);
    }

    private static String group() {
        var members = instances.stream()
                .map(instance -> member(instance, "InService"))
                .collect(Collectors.joining());
        return "<member><AutoScalingGroupName>" + GROUP + "</AutoScalingGroupName><Instances>" + members
                + member("i-0fffffffffffffff0", "Pending:Wait") + "</Instances></member>";
    }

    private static String member(String instanceId, String state) {
        return "<member><InstanceId>" + instanceId + "</InstanceId><LifecycleState>" + state
                + "</LifecycleState></member>";
    }

    private static String groups(String members) {
        return "<DescribeAutoScalingGroupsResponse xmlns=\"http://autoscaling.amazonaws.com/doc/2011-01-01/\">"
                + "<DescribeAutoScalingGroupsResult><AutoScalingGroups>" + members
                + "</AutoScalingGroups></DescribeAutoScalingGroupsResult></DescribeAutoScalingGroupsResponse>";
    }

    private static String noActivities() {
        return "<DescribeScalingActivitiesResponse xmlns=\"http://autoscaling.amazonaws.com/doc/2011-01-01/\">"
                + "<DescribeScalingActivitiesResult><Activities/></DescribeScalingActivitiesResult>"
                + "</DescribeScalingActivitiesResponse>";
    }
}
