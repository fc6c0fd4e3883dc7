package eiponlaunch.simulator.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import eiponlaunch.simulator.run.Simulation;
import eiponlaunch.simulator.world.api.CloudSettings;
import eiponlaunch.simulator.world.api.Profile;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;

/** Addresses that serve one zone alone, and addresses that are tried in the order of a tag. The first launch is in us-east-1a. */
class ZonesTest {
    private final Workflow workflow = new Workflow().zones(3).pool(0).parameter("EipZoneTagKey", "Zone");

    @Test
    void aLaunchTakesTheAddressOfItsZoneWhetherTheTagHasItsNameOrItsId() {
        for (var zone : List.of("us-east-1a", "use1-az2")) {
            var run = new Workflow()
                    .pool(0)
                    .parameter("EipZoneTagKey", "Zone")
                    .before(simulation -> {
                        allocate(simulation, 1, Map.of("Zone", "us-east-1b"));
                        allocate(simulation, 2, Map.of());
                        allocate(simulation, 3, Map.of("Zone", zone));
                    })
                    .run();

            assertThat(run.addressOf(Workflow.INSTANCE)).isEqualTo("eipalloc-3");
            assertThat(run.result.violations()).isEmpty();
        }
    }

    @Test
    void aLaunchWaitsForItsZonesAddressRatherThanTakeThatOfAnother() {
        var run = workflow.before(simulation -> {
                    allocate(simulation, 1, Map.of("Zone", "us-east-1b"));
                    allocate(simulation, 2, Map.of("Zone", "us-east-1a"));
                    simulation.ec2().launch("i-0fffffffffffffff1", InstanceStateName.RUNNING, 1, Map.of());
                    simulation.ec2().associate("eipalloc-2", "i-0fffffffffffffff1", false);
                    simulation
                            .time()
                            .at(
                                    Workflow.EVENT.plusSeconds(100),
                                    () -> simulation.ec2().disassociate("eipalloc-2", false));
                })
                .run();

        assertThat(run.addressOf(Workflow.INSTANCE)).isEqualTo("eipalloc-2");
        assertThat(run.stoppedAfterSeconds()).isBetween(100.0, 140.0);
        assertThat(run.calls("DescribeAutoScalingGroups"))
                .as("while only others are free it asks nobody")
                .isEqualTo(2);
    }

    @Test
    void whereNoneOfItsZoneBecomesFreeTheFailureNamesTheZone() {
        var run = workflow.before(simulation -> allocate(simulation, 1, Map.of("Zone", "us-east-1b")))
                .run();

        assertThat(run.execution().error()).contains("NoFreeEip");
        assertThat(run.execution().cause().orElseThrow())
                .contains("that " + Workflow.INSTANCE + " in us-east-1a can use");
    }

    @Test
    void theFirstOfTheOrderIsTakenFirst() {
        var run = new Workflow()
                .pool(0)
                .launches(2)
                .parameter("EipOrderTagKey", "Number")
                .before(simulation -> {
                    allocate(simulation, 1, Map.of());
                    allocate(simulation, 2, Map.of("Number", "spare"));
                    allocate(simulation, 3, Map.of("Number", "10"));
                    allocate(simulation, 4, Map.of("Number", "9"));
                })
                .run();

        assertThat(taken(run, 4)).containsExactly("eipalloc-3", "eipalloc-4");
    }

    @Test
    void aHookNamesItsOwnTags() {
        var run = new Workflow()
                .pool(0)
                .file("launch-of-hook-with-zones.json")
                .before(simulation -> {
                    allocate(simulation, 1, Map.of("Order", "1", "Zone", "us-east-1b"));
                    allocate(simulation, 2, Map.of("Order", "3"));
                    allocate(simulation, 3, Map.of("Order", "2"));
                })
                .run();

        assertThat(run.addressOf(Workflow.INSTANCE)).isEqualTo("eipalloc-3");
        assertThat(run.result.violations()).isEmpty();
    }

    /** About 55 seconds is what it takes without zones, and 53 what the rates allow. */
    @ParameterizedTest
    @CsvSource({"documented,'',58,345", "documented,Order,58,345", "busy,'',115,780"})
    void aStormOverThreeZonesIsAsFastAsOneOverOneZoneAndWithoutConflicts(
            String profile, String order, double seconds, long calls) {
        for (var seed = 1; seed <= 2; seed++) {
            var run = new Workflow()
                    .cloud(Profile.named(profile).cloud())
                    .parameter("EipZoneTagKey", "Zone")
                    .parameter("EipOrderTagKey", order)
                    .zones(3)
                    .launches(300)
                    .pool(300)
                    .seed(seed)
                    .run();

            assertThat(run.result.continued()).isEqualTo(300);
            assertThat(run.result.conflicts()).isZero();
            assertThat(run.result.secondsToLastContinue()).isLessThanOrEqualTo(seconds);
            assertThat(run.calls("AssociateAddress")).isLessThanOrEqualTo(calls);
            assertThat(run.result.violations()).isEmpty();
        }
    }

    /** Launches of all zones share the addresses without the tag, when those of their own zone do not suffice. */
    @Test
    void launchesOfSeveralZonesDoNotCollideOnTheAddressesOfEveryZone() {
        for (var seed = 1; seed <= 3; seed++) {
            var run = new Workflow()
                    .cloud(CloudSettings.documented())
                    .parameter("EipZoneTagKey", "Zone")
                    .zones(3)
                    .launches(90)
                    .pool(0)
                    .seed(seed)
                    .before(simulation -> {
                        for (var number = 1; number <= 90; number++) {
                            var zone = List.of("us-east-1a", "us-east-1b", "us-east-1c", "", "")
                                    .get(number % 5);
                            allocate(simulation, number, zone.isEmpty() ? Map.of() : Map.of("Zone", zone));
                        }
                    })
                    .run();

            assertThat(run.result.continued()).isEqualTo(90);
            assertThat(run.result.conflicts()).isZero();
            assertThat(run.result.violations()).isEmpty();
        }
    }

    /** One address for each zone, through every replacement. */
    @Test
    void aGroupKeepsOneAddressForEachZoneThroughReplacements() {
        var run = new Workflow()
                .parameter("EipZoneTagKey", "Zone")
                .earlyRelease()
                .zones(3)
                .pool(3)
                .terminations(3)
                .launches(3)
                .over(Duration.ofMinutes(1))
                .run();

        assertThat(run.result.continued()).isEqualTo(3);
        assertThat(run.result.violations()).isEmpty();
    }

    /** Instances of a zone whose addresses are used up stand before those of another in every run's queue. */
    @Test
    void aRunOfReconcileRepairsTheZonesThatHaveAddressesWhateverIsBeforeThemInTheQueue() {
        var inAnotherZone = List.of("i-0000000fffffffff1", "i-0000000fffffffff2");
        var reconcile = new ReconcileRun(60, -1)
                .with(workflow -> workflow.parameter("EipZoneTagKey", "Zone"))
                .at(Duration.ofMinutes(50), simulation -> {
                    inAnotherZone.forEach(id -> simulation
                            .ec2()
                            .serves(
                                    id,
                                    Duration.ofHours(1),
                                    "us-east-1b",
                                    Map.of("aws:autoscaling:groupName", ReconcileRun.GROUP)));
                    allocate(simulation, 1, Map.of("Zone", "us-east-1b"));
                    allocate(simulation, 2, Map.of("Zone", "us-east-1b"));
                    allocate(simulation, 3, Map.of("Zone", "us-east-1c"));
                })
                .start(ReconcileRun.input(false))
                .run();

        assertThat(inAnotherZone)
                .extracting(id -> reconcile.run.addressOf(id))
                .containsExactlyInAnyOrder("eipalloc-1", "eipalloc-2");
        assertThat(reconcile.only().cause().orElseThrow()).startsWith("60 of 62 ");
    }

    private static List<String> taken(Workflow.Run run, int addresses) {
        return java.util.stream.IntStream.rangeClosed(1, addresses)
                .mapToObj(number -> "eipalloc-" + number)
                .filter(id -> run.simulation().ec2().address(id).associationId() != null)
                .toList();
    }

    private static void allocate(Simulation simulation, int number, Map<String, String> tags) {
        var all = new HashMap<>(tags);
        all.put("Application", "ForwardProxy");
        simulation.ec2().allocate("eipalloc-" + number, "198.18.9." + number, all);
    }

    /** EC2 then fails DescribeInstances for who names no instances, and a group launches in the zones that are left. */
    @Test
    void whileAZoneIsDisruptedLaunchesOfAnotherGetTheirAddresses() {
        var workflow = new Workflow().launches(20).pool(20);
        workflow.faults.zoneDisrupted("us-east-1b");
        var run = workflow.run();

        assertThat(run.result.continued()).isEqualTo(20);
        assertThat(run.result.violations()).isEmpty();
    }

    /** Each look then waits for up to two answers in vain. */
    @Test
    void whileEc2IsSilentAboutADisruptedZoneLaunchesOfAnotherGetTheirAddresses() {
        var workflow = new Workflow().launches(20).pool(20);
        workflow.faults.zoneSilent("us-east-1b");
        var run = workflow.run();

        assertThat(run.result.continued()).isEqualTo(20);
        assertThat(run.result.violations()).isEmpty();
    }

    @Test
    void aLaunchInTheDisruptedZoneIsAbandonedAtTheDeadline() {
        var workflow = new Workflow();
        workflow.faults.zoneDisrupted("us-east-1a");
        var run = workflow.run();

        assertThat(run.execution().cause().orElseThrow()).contains("The zone us-east-1a is disrupted.");
        assertThat(run.stoppedAfterSeconds()).isBetween(595.0, 605.0);
        assertThat(run.result.violations()).isEmpty();
    }
}
