package eiponlaunch.findinstanceswithouteip;

import static java.util.Objects.requireNonNull;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import eiponlaunch.aws.AwsClients;
import eiponlaunch.aws.AwsFailures;
import eiponlaunch.aws.FreeEips;
import eiponlaunch.aws.PoolFilters;
import eiponlaunch.failure.MalformedMetadataException;
import eiponlaunch.findinstanceswithouteip.AutoScalingReads.Group;
import eiponlaunch.model.EipPool;
import eiponlaunch.model.Zone;
import eiponlaunch.telemetry.Decision;
import eiponlaunch.telemetry.DecisionLog;
import eiponlaunch.telemetry.Decisions;
import eiponlaunch.telemetry.Metric;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Address;

/**
 * Finds the instances in service of Auto Scaling groups that have no Elastic IP from their pool, and measures the
 * pools. Changes nothing. An instance that is launching, terminating, in standby or in a warm pool is not in service.
 *
 * <p>It reads the groups first and then the addresses: an instance that is in service in the first answer got its
 * address before the second.
 *
 * @see <a href="https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_DescribeAutoScalingGroups.html">
 *     DescribeAutoScalingGroups</a>
 */
public final class FindInstancesWithoutEipHandler
        implements RequestHandler<FindInstancesWithoutEipInput, FindInstancesWithoutEipOutput> {
    /** A launch that waits longer, while the pool has an address for it, has probably lost its event. */
    private static final Duration LONG_LAUNCH = Duration.ofMinutes(2);

    /** The groups of one pool, and what chooses it: null for the stack's own. */
    private record PoolGroups(String metadata, List<Group> groups) {}

    /** What they look like. */
    private record Look(EipPool pool, String metadata, int inService, Drift drift, FreeEips free) {
        /** Those that the execution has not given up yet, as they are handed on. */
        Drift toDo(Collection<String> givenUp) {
            var left = drift.without(givenUp);
            return pool.zoneTagKey().isEmpty() ? left : left.servedFirst(free);
        }
    }

    private final AutoScalingReads autoScaling;
    private final Ec2Client ec2;
    private final Clock clock;
    private final Decisions decisions;

    /** Called by the Lambda runtime. */
    public FindInstancesWithoutEipHandler() {
        this(AwsClients.autoScaling(), AwsClients.ec2(), Clock.systemUTC(), DecisionLog.toLog());
    }

    public FindInstancesWithoutEipHandler(
            AutoScalingClient autoScaling, Ec2Client ec2, Clock clock, Decisions decisions) {
        this.autoScaling = new AutoScalingReads(autoScaling);
        this.ec2 = requireNonNull(ec2, "ec2 is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.decisions = requireNonNull(decisions, "decisions is null");
    }

    @Override
    public FindInstancesWithoutEipOutput handleRequest(FindInstancesWithoutEipInput input, Context context) {
        var run = ReconcileInput.of(input.input());
        try {
            return look(run, input);
        } catch (SdkException e) {
            throw AwsFailures.typed(e, "FindInstancesWithoutEip for " + String.join(", ", run.groups()));
        }
    }

    private FindInstancesWithoutEipOutput look(ReconcileInput run, FindInstancesWithoutEipInput input) {
        var notFound = new ArrayList<String>();
        var leftOut = new ArrayList<String>();
        var looks = new ArrayList<Look>();
        byPool(run, input, notFound, leftOut)
                .forEach((pool, groups) -> looks.add(look(pool, groups, input.repaired())));
        var next = looks.stream()
                .filter(look -> look.drift().without(input.givenUp()).size() > 0)
                .findFirst();
        var candidates = next.map(look -> look.toDo(input.givenUp())).orElse(new Drift(List.of()));
        return new FindInstancesWithoutEipOutput(
                run.groups(),
                run.dryRun(),
                run.replaceOtherEips(),
                looks.stream().mapToInt(Look::inService).sum(),
                looks.stream().mapToInt(look -> look.drift().size()).sum(),
                candidates.first(run.dryRun()),
                next.map(Look::metadata).orElse(null),
                candidates.queue(),
                notFound,
                leftOut,
                next.filter(look -> !look.pool().zoneTagKey().isEmpty()).isPresent()
                        ? candidates.zonesOfQueue()
                        : List.of(),
                looks.stream()
                        .flatMap(look -> look.toDo(input.givenUp()).queue().stream())
                        .limit(Drift.LONGEST_QUEUE)
                        .toList());
    }

    private Map<EipPool, PoolGroups> byPool(
            ReconcileInput run, FindInstancesWithoutEipInput input, List<String> notFound, List<String> leftOut) {
        var found = autoScaling.groups(run.groups());
        var byPool = new LinkedHashMap<EipPool, PoolGroups>();
        for (var name : run.groups()) {
            var group = found.get(name);
            if (group == null) {
                notFound.add(name);
                continue;
            }
            try {
                var metadata = metadata(run, input, name);
                var pool = input.pools().chosenBy(metadata);
                var own = pool.equals(input.pools().ofTheStack());
                byPool.computeIfAbsent(pool, key -> new PoolGroups(own ? null : metadata, new ArrayList<>()))
                        .groups()
                        .add(group);
            } catch (MalformedMetadataException e) {
                if (!run.hooksChoose()) {
                    throw e; // it is the input's own pool
                }
                leftOut.add("The group " + name + " was left out. " + e.getMessage());
            }
        }
        return byPool;
    }

    private String metadata(ReconcileInput run, FindInstancesWithoutEipInput input, String group) {
        return run.hooksChoose() && input.pools().hooksMayChoose()
                ? autoScaling.metadata(group, input.hookNames()).orElse(null)
                : run.metadata();
    }

    private Look look(EipPool pool, PoolGroups of, List<String> repaired) {
        var addresses = ec2.describeAddresses(request -> request.filters(PoolFilters.of(pool)))
                .addresses();
        var holders = PoolFilters.holders(addresses);
        var inService = of.groups().stream()
                .flatMap(group -> group.inService().stream())
                .toList();
        var drift = Drift.of(inService, holders, repaired);
        var zones = of.groups().stream()
                .flatMap(group -> group.zones().stream())
                .distinct()
                .toList();
        var free = FreeEips.of(addresses, pool, zones);
        report(pool, addresses, leastFree(free, zones), drift, overdue(of.groups(), holders, free));
        return new Look(pool, of.metadata(), inService.size(), drift, free);
    }

    /** How many free addresses an instance can use, in the zone in which these are the fewest. */
    private static int leastFree(FreeEips free, List<Zone> zones) {
        return zones.stream()
                .mapToInt(zone -> free.usableIn(zone).size())
                .min()
                .orElse(free.ofEveryZone().size());
    }

    private void report(EipPool pool, List<Address> addresses, int free, Drift drift, int overdue) {
        var metrics = new LinkedHashMap<Metric, Number>();
        metrics.put(Metric.PoolSize, addresses.size());
        metrics.put(Metric.PoolFree, free);
        metrics.put(Metric.EipDrift, drift.size());
        metrics.put(Metric.LaunchesOverdue, overdue);
        decisions.report(new Decision(
                drift.size() > 0 ? "InstancesWithoutEip" : "EveryInstanceHasEip", null, pool.name(), null, metrics));
    }

    /** How many launches that a hook holds began long ago and have no address yet, though there is one that they can use. */
    private int overdue(Collection<Group> groups, Set<String> holders, FreeEips free) {
        var before = clock.instant().minus(LONG_LAUNCH);
        var overdue = 0;
        for (var group : groups) {
            var waiting = group.held().stream()
                    .filter(held -> !free.usableIn(held.zone()).isEmpty())
                    .map(Member::instanceId)
                    .filter(id -> !holders.contains(id))
                    .toList();
            if (waiting.isEmpty()) {
                continue;
            }
            var since = autoScaling.launchesSince(group.name());
            overdue += (int) waiting.stream()
                    .map(since::get)
                    .filter(Objects::nonNull)
                    .filter(began -> began.isBefore(before))
                    .count();
        }
        return overdue;
    }
}
