package eiponlaunch.emulators.preflight;

import static eiponlaunch.emulators.preflight.ProxyAccount.GROUP;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import eiponlaunch.emulators.Endpoints;
import eiponlaunch.emulators.wire.Wire;
import eiponlaunch.preflight.Preflight;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.scheduler.model.ScheduleState;

/** The tags by which addresses are chosen, the schedule of Reconcile, and who has the addresses now. */
class PreflightAddressesIT extends PreflightOverTheWire {
    @Test
    void failsOnAZoneOfTheGroupWithoutAnAddress() {
        account.deploy(Map.of("EipZoneTagKey", "Zone"));
        account.addresses.forEach(address -> account.tag(address, "Zone", ProxyAccount.REGION.id() + "a"));

        assertOnlyFails("ZonesHaveAddresses", "no address for launches in eu-west-1b");

        account.tag(account.addresses.get(0), "Zone", ProxyAccount.REGION.id() + "b");
        assertThat(run().checks("failed", "warning")).isEmpty();
    }

    @Test
    void warnsOfAddressesThatLackTheTagOfTheOrder() {
        account.deploy(Map.of("EipOrderTagKey", "Number"));
        account.tag(account.addresses.get(0), "Number", "1");

        assertOnlyWarns("AddressesOrdered", "5 of 6 addresses lack the tag Number");
    }

    @Test
    void aScheduleThatStartsReconcileIsWell() {
        scheduled(GROUP, "Reconcile", ScheduleState.ENABLED);

        var ended = run();

        assertThat(ended.checks("failed", "warning", "notChecked"))
                .as("%s", ended)
                .isEmpty();
        assertThat(ended.seen("ScheduleReconciles")).isEqualTo("enabled, starts Reconcile for " + GROUP);
        assertThat(ended.seen("RolesMayCall")).isEqualTo("all 24 calls are allowed");
    }

    @Test
    void failsOnAScheduleThatIsDisabledOrOfGroupsThatAreNotThere() {
        scheduled(GROUP, "Reconcile", ScheduleState.DISABLED);
        assertOnlyFails("ScheduleReconciles", "the schedule " + ProxyAccount.SCHEDULE + " is disabled");

        scheduled(GROUP + ",forward-proxi", "Reconcile", ScheduleState.ENABLED);
        assertOnlyFails(
                "ScheduleReconciles",
                "there is no group forward-proxi, so every scheduled run fails with GroupNotFound");
    }

    /** By default Auto Scaling lets a request name fifty. */
    @Test
    void looksForEachOfMoreThanFiftyGroups() {
        var others = IntStream.range(0, 60).mapToObj(number -> "mail-" + number).toList();
        scheduled(GROUP + "," + String.join(",", others), "Reconcile", ScheduleState.ENABLED);

        assertOnlyFails("ScheduleReconciles", "there is no group " + String.join(", ", others) + ", so");
    }

    @Test
    void failsOnAScheduleThatStartsSomethingElse() {
        scheduled(GROUP, "StartOnce", ScheduleState.ENABLED);

        assertOnlyFails("ScheduleReconciles", "does not start Reconcile, but " + account.resource("StartOnce"));
    }

    @Test
    void failsOnAScheduleThatMayNotStartReconcile() {
        scheduled(GROUP, "Reconcile", ScheduleState.ENABLED);
        wire.answerFirst(
                "SimulatePrincipalPolicy",
                body -> body.contains("states%3AStartExecution") && body.contains("ReconcileScheduleRole"),
                Wire.xml(200, simulated("implicitDeny")));

        assertOnlyFails("RolesMayCall", "ReconcileSchedule may not call states:StartExecution");
    }

    @Test
    void addressesPrintsWhoHasThePool() throws Exception {
        var instance = account.launchWithAddress();
        var out = new StringWriter();
        var exit = Preflight.commandLine().setOut(new PrintWriter(out, true)).execute("--addresses", "--json");

        var addresses = new ObjectMapper().readTree(out.toString()).path("addresses");
        assertThat(exit).isZero();
        assertThat(addresses).hasSize(6);
        assertThat(addresses.findValuesAsText("heldBy")).contains(instance);
        assertThat(out.toString()).contains("\"" + GROUP + "\"");
    }

    private void scheduled(String groups, String starts, ScheduleState state) {
        account.schedule(groups, starts, state);
        wire.rewrite(
                "DescribeStackResources",
                Endpoints.moto(),
                resources -> resources.replaceFirst(
                        "<member>",
                        resource("ScheduledReconcile", ProxyAccount.SCHEDULE)
                                + resource("Schedules", ProxyAccount.SCHEDULE_GROUP) + "<member>"));
    }

    private static String resource(String logicalId, String physicalId) {
        return "<member><LogicalResourceId>" + logicalId + "</LogicalResourceId><PhysicalResourceId>" + physicalId
                + "</PhysicalResourceId></member>";
    }
}
