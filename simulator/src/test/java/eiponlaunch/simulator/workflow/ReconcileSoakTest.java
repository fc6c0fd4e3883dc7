package eiponlaunch.simulator.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import eiponlaunch.simulator.faults.CallFault;
import eiponlaunch.simulator.faults.InvocationFault;
import eiponlaunch.simulator.run.Deployment;
import eiponlaunch.simulator.run.Simulation;
import eiponlaunch.simulator.world.WorldListener;
import eiponlaunch.simulator.world.api.CloudSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;

/**
 * Scheduled runs of Reconcile among launches and terminations, strangers who take addresses away, and calls and functions
 * that fail now and then: no instance in service is without an address for longer than two runs while its pool has one, no
 * address is taken from anybody, and none is replaced.
 */
class ReconcileSoakTest {
    private static final Duration BETWEEN_RUNS = Duration.ofMinutes(15);

    /** Two runs, and the time in which the second one does its work. */
    private static final Duration TWO_RUNS = BETWEEN_RUNS.multipliedBy(2).plusMinutes(3);

    private static final int RUNS = 10;
    private static final int SERVING = 40;
    private static final int LAUNCHES = 30;
    private static final int FREE = 80;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void noInstanceIsWithoutAnAddressForLongerThanTwoRuns(long seed) {
        var soak = new Soak(seed, Deployment.SHIPPED);

        assertThat(soak.violations).isEmpty();
        assertThat(soak.taken).as("addresses that strangers took away").isGreaterThan(5);
        assertThat(soak.run.run.result.violations()).isEmpty();
    }

    /** Runs that see no instance in service repair nothing, and the judge notices. */
    @Test
    void runsThatFindNobodyAreNoticed() {
        assertThat(new Soak(1, mutated(true)).violations).isNotEmpty();
    }

    /** So are runs that look after one of the groups alone. */
    @Test
    void runsThatForgetAGroupAreNoticed() {
        assertThat(new Soak(1, mutated(false)).violations).isNotEmpty();
    }

    /** Runs that see nobody, or runs that forget the first group. */
    private static Deployment mutated(boolean blind) {
        return new Deployment() {
            @Override
            public String definition(String stateMachine, String shipped) {
                if (!stateMachine.equals("Reconcile")) {
                    return shipped;
                }
                return blind
                        ? changed(
                                shipped, "\"toDo\": \"{% $count($states.result.Payload.instances) %}\"", "\"toDo\": 0")
                        : changed(
                                shipped,
                                "\"input\": \"{% $states.input %}\"",
                                "\"input\": {\"autoScalingGroupNames\": [\"forward-proxy\"]}");
            }
        };
    }

    private static String changed(String definition, String from, String to) {
        assertThat(definition).containsOnlyOnce(from);
        return definition.replace(from, to);
    }

    /** Everything that happens in some hours, which follows from the seed, and the judge. */
    private static final class Soak implements WorldListener {
        final List<String> violations = new ArrayList<>();
        final ReconcileRun run = new ReconcileRun(SERVING, SERVING + FREE);
        int taken;
        private final TreeSet<String> instances = new TreeSet<>();
        private final Map<String, Instant> withoutSince = new HashMap<>();
        private final Random random;

        Soak(long seed, Deployment deployment) {
            this.random = new Random(seed);
            for (var number = 1; number <= SERVING; number++) {
                instances.add(ReconcileRun.instance(number));
            }
            run.seed(seed)
                    .cloud(CloudSettings.documented())
                    .with(workflow -> workflow.deployment(deployment).launches(LAUNCHES))
                    .at(Duration.ofSeconds(-5), simulation -> simulation.listen(this));
            for (var number = 1; number <= RUNS; number++) {
                run.start(
                        BETWEEN_RUNS.multipliedBy(number),
                        Map.of("autoScalingGroupNames", List.of(ReconcileRun.GROUP, "forward-proxy")));
            }
            for (var second = 60; second < RUNS * BETWEEN_RUNS.toSeconds(); second += 30) {
                run.at(Duration.ofSeconds(second), this::judge);
                if (random.nextInt(8) == 0) {
                    run.at(Duration.ofSeconds(second + random.nextInt(30)), this::somethingHappens);
                }
            }
            run.run();
        }

        private void somethingHappens(Simulation simulation) {
            var someone = new ArrayList<>(instances).get(random.nextInt(instances.size()));
            var held = simulation.ec2().addressOf(someone);
            switch (random.nextInt(8)) {
                case 0 -> simulation.ec2().terminate(someone);
                case 1 -> run.faults.next("AssociateAddress", CallFault.TIMEOUT_AFTER_EFFECT);
                case 2 ->
                    run.faults.next("DescribeAutoScalingGroups", CallFault.refused("Throttling", 400, "Slow down."));
                case 3 -> run.faults.nextInvocation("AssociateEip", InvocationFault.CRASH_AFTER);
                default -> {
                    if (held != null) {
                        simulation.ec2().disassociate(held, false);
                        taken++;
                    }
                }
            }
        }

        private void judge(Simulation simulation) {
            var now = simulation.time().now();
            var free = freeAddresses(simulation);
            for (var instance : instances) {
                if (free && inService(simulation, instance) && simulation.ec2().addressOf(instance) == null) {
                    var since = withoutSince.computeIfAbsent(instance, id -> now);
                    if (now.isAfter(since.plus(TWO_RUNS))) {
                        violations.add(now + " " + instance + " is without an address since " + since);
                    }
                } else {
                    withoutSince.remove(instance);
                }
            }
        }

        private static boolean inService(Simulation simulation, String instanceId) {
            return simulation.ec2().isAlive(instanceId)
                    && simulation.ec2().instance(instanceId).state().name() == InstanceStateName.RUNNING
                    && !simulation.hooks().isLaunching(instanceId)
                    && !simulation.hooks().isTerminating(instanceId);
        }

        private static boolean freeAddresses(Simulation simulation) {
            for (var number = 1; number <= SERVING + FREE; number++) {
                if (simulation
                                .ec2()
                                .address(String.format("eipalloc-%017x", number))
                                .associationId()
                        == null) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public void instanceChanged(Instance instance) {
            instances.add(instance.instanceId());
        }

        @Override
        public void associated(
                String allocationId, String instanceId, String takenFrom, String replaced, boolean byWorkflow) {
            if (takenFrom != null || replaced != null && !replaced.equals(allocationId)) {
                violations.add(instanceId + " got " + allocationId + ", taken from " + takenFrom + ", for " + replaced);
            }
        }
    }
}
