package eiponlaunch.findfreeeip;

import eiponlaunch.aws.PoolFilters;
import eiponlaunch.model.EipPool;
import eiponlaunch.model.LaunchEvent;
import eiponlaunch.model.Zone;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.Address;

/** What a look is about. */
record Look(LaunchEvent event, EipPool pool, FindFreeEipInput input, Instant deadline) {
    /** For as long Auto Scaling may not show the instance; near an early deadline nobody waits for that. */
    private static final Duration UNTIL_SHOWN = Duration.ofSeconds(30);

    /** For the last look and the association after it, though both functions start cold. */
    private static final Duration ENOUGH = Duration.ofSeconds(15);

    /** An instance exists for some seconds before its event, so answers of 15 seconds ago show it by then. */
    private static final Duration UNTIL_SHOWN_BY_EC2 = Duration.ofSeconds(10);

    /** The first looks of a storm come within this, if nothing holds them up. */
    private static final Duration AT_ONCE = Duration.ofSeconds(8);

    String instanceId() {
        return event.instanceId();
    }

    /** The groups whose launches may want an address of the same pool at the same time. */
    Set<String> groups() {
        var groups = new LinkedHashSet<String>();
        groups.add(event.action().autoScalingGroupName());
        if (input.poolGroupNames() != null && pool.equals(input.pools().ofTheStack())) {
            Stream.of(input.poolGroupNames().split(","))
                    .map(String::strip)
                    .filter(name -> !name.isEmpty())
                    .forEach(groups::add);
        }
        return groups;
    }

    /**
     * Waiting for Auto Scaling's word, or for others, any longer would leave too little time for the address. In a storm that lasts
     * until the deadline who does not know the others takes what is theirs. So this is the last tenth of the time, and more only
     * where that is less than is enough.
     */
    boolean isImpatient(Instant now) {
        var all = Duration.between(event.time(), deadline).toMillis();
        var last = Math.max(all / 10, Math.min(all / 4, ENOUGH.toMillis()));
        return !now.isBefore(deadline.minusMillis(last));
    }

    boolean mayNotBeShown(Instant now) {
        return input.plans() && now.isBefore(event.time().plus(UNTIL_SHOWN)) && !isImpatient(now);
    }

    boolean mayNotBeShownByEc2(Instant now) {
        return input.plans() && now.isBefore(event.time().plus(UNTIL_SHOWN_BY_EC2)) && !isImpatient(now);
    }

    Pace pace() {
        return input.pace() == null ? Pace.DOCUMENTED : input.pace();
    }

    /** Of a launch, and not of an instance that runs already. */
    boolean isLaunch() {
        return input.afterLaunches().isEmpty();
    }

    /** Nothing for an instance that has run for any time. */
    Duration sinceEvent(Instant now) {
        return isLaunch() ? Duration.between(event.time(), now) : Duration.ZERO;
    }

    /** Of a group that the instance is shown in, or as a look before found it. */
    Optional<Zone> zone(Optional<List<Seen>> group) {
        return group.flatMap(all -> LaunchQueue.among(all, instanceId()))
                .map(Seen::zone)
                .or(() -> Optional.ofNullable(input.zone()));
    }

    /** A look before told what is free, so that Auto Scaling is asked only where that matters. */
    boolean knowsPool() {
        return input.plan() != null || Boolean.TRUE.equals(input.poolWasEmpty());
    }

    boolean looksAgain() {
        return input.throttledLooks() != null && input.throttledLooks() > 0;
    }

    /** Something held this look up, and maybe the others: how much of the burst is used up, nobody knows. */
    boolean cameLate(Instant now) {
        return sinceEvent(now).compareTo(AT_ONCE) > 0;
    }

    boolean refusesOtherEips() {
        return Boolean.FALSE.equals(input.replaceOtherEips());
    }

    /** Whether one of the free addresses serves the zone, as far as that is known. */
    boolean mayUseOneOf(Collection<Address> free, Optional<Zone> zone) {
        return free.stream()
                .anyMatch(address -> PoolFilters.ownZone(address, pool)
                        .map(named -> zone.map(known -> known.isNamed(named) || known.id() == null && Zone.isId(named))
                                .orElse(true))
                        .orElse(true));
    }
}
