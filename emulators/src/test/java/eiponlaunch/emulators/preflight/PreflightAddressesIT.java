package eiponlaunch.emulators.preflight;

import static eiponlaunch.emulators.preflight.ProxyAccount.GROUP;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import eiponlaunch.emulators.Endpoints;
import eiponlaunch.preflight.Preflight;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
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
    void failsOnAScheduleThatIsDisabledOrOfGroupsThatAreNotThere() {
        scheduled(GROUP, account.resource("Reconcile"), ScheduleState.DISABLED);
        assertOnlyFails("ScheduleReconciles", "is disabled");

        scheduled(GROUP + ",forward-proxi", account.resource("Reconcile"), ScheduleState.ENABLED);
        assertOnlyFails("ScheduleReconciles", "there is no group forward-proxi");
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

    private void scheduled(String groups, String target, ScheduleState state) {
        account.schedule(groups, target, state);
        wire.rewrite(
                "DescribeStackResources",
                Endpoints.moto(),
                resources -> resources.replaceFirst(
                        "<member>",
                        "<member><LogicalResourceId>ReconcileSchedule</LogicalResourceId><PhysicalResourceId>"
                                + ProxyAccount.SCHEDULE + "</PhysicalResourceId></member><member>"));
    }
}
