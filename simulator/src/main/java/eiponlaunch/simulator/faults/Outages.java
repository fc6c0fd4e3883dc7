package eiponlaunch.simulator.faults;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * At most one outage of each service in a run: alone or several at once, each beginning in the run's first minute and
 * lasting 10 seconds to 10 minutes, shorter ones more often.
 */
final class Outages {
    private static final Map<FaultName, Service> SERVICES = new EnumMap<>(Map.of(
            FaultName.OUTAGE_OF_LAMBDA, Service.LAMBDA,
            FaultName.OUTAGE_OF_EC2, Service.EC2,
            FaultName.OUTAGE_OF_AUTO_SCALING, Service.AUTO_SCALING,
            FaultName.OUTAGE_OF_STEP_FUNCTIONS, Service.STEP_FUNCTIONS));

    private static final double SHORTEST_SECONDS = 10;
    private static final double LONGEST_SECONDS = 600;

    private record Planned(Service service, Duration after, Duration length) {}

    private final List<Planned> planned = new ArrayList<>();
    private List<Outage> outages;

    Outages(Set<FaultName> names, SplittableRandom random) {
        SERVICES.forEach((name, service) -> {
            // With faults of other kinds beside it, one run in twelve; else it would hide them.
            var happens = SERVICES.keySet().containsAll(names) || random.nextInt(12) == 0;
            var after = Duration.ofMillis(random.nextInt(60_000));
            var seconds = SHORTEST_SECONDS * Math.pow(LONGEST_SECONDS / SHORTEST_SECONDS, random.nextDouble());
            if (names.contains(name) && happens) {
                planned.add(new Planned(service, after, Duration.ofMillis((long) (1000 * seconds))));
            }
        });
    }

    CallFault onCall(String api, Instant now) {
        for (var outage : since(now)) {
            var fault = outage.onCall(api, now);
            if (fault != CallFault.NONE) {
                return fault;
            }
        }
        return CallFault.NONE;
    }

    InvocationFault onInvocation(Instant now) {
        for (var outage : since(now)) {
            var fault = outage.onInvocation(now);
            if (fault != InvocationFault.NONE) {
                return fault;
            }
        }
        return InvocationFault.NONE;
    }

    /** A run begins with its first call. */
    private List<Outage> since(Instant now) {
        if (outages == null) {
            outages = planned.stream()
                    .map(plan -> new Outage(
                            plan.service(),
                            now.plus(plan.after()),
                            now.plus(plan.after()).plus(plan.length())))
                    .toList();
        }
        return outages;
    }
}
