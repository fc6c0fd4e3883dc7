package eiponlaunch.findfreeeip;

import eiponlaunch.aws.PoolFilters;
import eiponlaunch.failure.OtherEipException;
import eiponlaunch.failure.OtherEipUncertainException;
import eiponlaunch.findfreeeip.FindFreeEipOutput.Outcome;
import eiponlaunch.model.ElasticIp;
import eiponlaunch.model.Zone;
import eiponlaunch.telemetry.Metric;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import software.amazon.awssdk.services.ec2.model.Address;

/**
 * The addresses of the pool as a look sees them, and what follows from them alone. Asks nothing.
 *
 * @param addresses all addresses of the pool, free or in use
 * @param free those of them that can be associated
 */
record PoolSeen(Look look, List<Address> addresses, List<Address> free) {
    /** Seconds. Some of those ahead may want no address of this pool. */
    private static final int UNTIL_OTHERS_HAVE_CHOSEN = 3;

    PoolSeen(Look look, List<Address> addresses) {
        this(look, addresses, PoolFilters.free(addresses));
    }

    /** What a look came to, and what it counted. */
    record Result(FindFreeEipOutput output, Map<Metric, Number> metrics) {}

    /** Where nobody else needs to be asked about. */
    Optional<Result> settled(Instant now) {
        return held().map(this::alreadyHeld)
                .or(() -> Optional.ofNullable(look.input().plan())
                        .flatMap(plan -> freeAsPlanned(plan).map(planned -> asPlanned(plan, planned, now))));
    }

    private Optional<Address> held() {
        for (var address : addresses) { // there may be thousands
            if (look.instanceId().equals(address.instanceId()) && PoolFilters.isElasticIp(address)) {
                return Optional.of(address);
            }
        }
        return Optional.empty();
    }

    /** The instances that have one of them. */
    Set<String> holders() {
        return PoolFilters.holders(addresses);
    }

    private Result alreadyHeld(Address held) {
        return new Result(
                new FindFreeEipOutput(
                        Outcome.AlreadyHeld,
                        look.instanceId(),
                        look.pool().name(),
                        PoolFilters.eip(held),
                        look.deadline(),
                        0),
                Map.of());
    }

    private Optional<Address> freeAsPlanned(Plan plan) {
        return free.stream()
                .filter(address -> plan.eip().allocationId().equals(address.allocationId()))
                .findFirst();
    }

    /**
     * AssociateAddress was throttled. The instance's address is free still, and the free ones before it are those of the
     * instances before it; but for addresses that nobody waits for, so no more than were ahead.
     */
    private Result asPlanned(Plan plan, Address planned, Instant now) {
        var zone = PoolFilters.ownZone(planned, look.pool());
        var like = look.pool().zoneTagKey().isEmpty()
                ? free
                : free.stream() // those of other zones are for others
                        .filter(address ->
                                PoolFilters.ownZone(address, look.pool()).equals(zone))
                        .toList();
        var order = PoolFilters.order(look.pool());
        var ahead = like.stream()
                        .filter(address -> order.compare(address, planned) < 0)
                        .count()
                * free.size()
                / like.size();
        var turn = look.pace()
                .afterThrottling(
                        (int) Math.min(ahead, plan.ahead()),
                        plan.free() - free.size(),
                        plan.tokens(),
                        Duration.between(plan.lookedAt(), now),
                        look.pace().isNearlyOver(free.size(), look.sinceEvent(now)));
        return found(
                plan.eip(), turn, look.input().triedInVain(), plan, look.input().zone(), free.size());
    }

    /** @param usable how many free addresses the instance can use */
    Result found(ElasticIp eip, int secondsUntilTurn, List<String> triedInVain, Plan plan, Zone zone, int usable) {
        return new Result(
                output(Outcome.Found, eip, secondsUntilTurn, triedInVain, plan, zone, null, null), counted(usable));
    }

    Result notShown(int usable) {
        return new Result(
                output(
                        Outcome.NotShown,
                        null,
                        0,
                        look.input().triedInVain(),
                        null,
                        look.input().zone(),
                        null,
                        null),
                counted(usable));
    }

    /** Auto Scaling did not tell who else waits, because many ask it. */
    Result throttled(Instant now) {
        var within = look.pace().lookWithin(free.size(), look.sinceEvent(now));
        var input = look.input();
        var unanswered = Unanswered.oneMore(input.unanswered(), now, free.size());
        return new Result(
                output(
                        Outcome.Throttled,
                        null,
                        within,
                        input.triedInVain(),
                        input.plan(),
                        input.zone(),
                        null,
                        unanswered),
                Map.of());
    }

    /** Auto Scaling is asked who else waits, and the launch goes on without when it does not tell. */
    boolean waitsNoLonger(Instant now) {
        var unanswered = look.input().unanswered();
        return look.isImpatient(now) || unanswered != null && !unanswered.tellOfAStorm(look.pace(), free.size(), now);
    }

    /** Nothing for the instance: what it can use is for others, if there is any. */
    Result empty(int usable, Optional<Zone> zone) {
        return new Result(
                output(
                        Outcome.PoolEmpty,
                        null,
                        usable == 0 ? 0 : UNTIL_OTHERS_HAVE_CHOSEN,
                        List.of(),
                        null,
                        zone.orElse(null),
                        PoolFilters.withoutInstance(addresses).orElse(null),
                        null),
                counted(usable));
    }

    private FindFreeEipOutput output(
            Outcome outcome,
            ElasticIp eip,
            int seconds,
            List<String> triedInVain,
            Plan plan,
            Zone zone,
            String withoutInstance,
            Unanswered unanswered) {
        return new FindFreeEipOutput(
                outcome,
                look.instanceId(),
                look.pool().name(),
                eip,
                look.deadline(),
                seconds,
                triedInVain,
                plan,
                zone,
                withoutInstance,
                unanswered);
    }

    private Map<Metric, Number> counted(int usable) {
        return Map.of(Metric.PoolFree, usable, Metric.PoolSize, addresses.size());
    }

    /**
     * Of the two answers that tell of an Elastic IP beside the pool each may be seconds old, and meanwhile it may have gone.
     *
     * @param present what the instance has; not asked for when the definition replaces it
     * @param isStillThere asks EC2 about that address alone
     */
    void requireNoOther(Optional<PresentEip> present, Predicate<PresentEip> isStillThere) {
        present.filter(eip -> look.refusesOtherEips() && !eip.isOf(addresses)).ifPresent(eip -> {
            if (!isStillThere.test(eip)) {
                throw new OtherEipUncertainException(look.instanceId() + " had the Elastic IP " + eip.publicIp()
                        + ", and EC2's answers do not agree whether it still has it.");
            }
            throw new OtherEipException(look.instanceId() + " has the Elastic IP " + eip.publicIp()
                    + ", which is not one of the pool " + look.pool().name()
                    + ". It keeps it, and nothing was changed. Another stack,"
                    + " or another hook of the group " + look.event().action().autoScalingGroupName()
                    + ", answers the same launches: give each stack hook names of its own (HookNames), and the group one hook"
                    + " that chooses a pool.");
        });
    }
}
