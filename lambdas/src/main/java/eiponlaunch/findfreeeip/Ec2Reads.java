package eiponlaunch.findfreeeip;

import static java.util.Objects.requireNonNull;

import eiponlaunch.aws.AwsFailures;
import eiponlaunch.aws.PoolFilters;
import eiponlaunch.failure.AwsUnavailableException;
import eiponlaunch.model.EipPool;
import eiponlaunch.model.Zone;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Address;
import software.amazon.awssdk.services.ec2.model.AvailabilityZone;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.Instance;

/** What FindFreeEip asks EC2. */
final class Ec2Reads {
    /** Some four megabytes. Even where a function takes six times as long as was measured, this is half of a call's timeout. */
    static final int MOST_INSTANCES = 450;

    /** What AWS takes in a filter. */
    private static final int MOST_VALUES = 200;

    /** Of more than a filter takes, only those are read that were launched since then. */
    static final Duration OF_MANY_SINCE = Duration.ofHours(1);

    /** The hour of a time in ISO 8601, 2026-01-31T12. */
    private static final int HOUR = 13;

    private final Ec2Client ec2;

    Ec2Reads(Ec2Client ec2) {
        this.ec2 = requireNonNull(ec2, "ec2 is null");
    }

    List<Address> addressesOf(EipPool pool) {
        return ec2.describeAddresses(request -> request.filters(PoolFilters.of(pool)))
                .addresses();
    }

    /** Whether the instance has this Elastic IP and it is not of the pool, which is asked about this address alone. */
    boolean hasOther(String instanceId, String publicIp, EipPool pool) {
        return ec2
                .describeAddresses(request -> request.filters(
                        PoolFilters.filter("instance-id", List.of(instanceId)),
                        PoolFilters.filter("public-ip", List.of(publicIp))))
                .addresses()
                .stream()
                .anyMatch(address -> !PoolFilters.isOf(address, pool));
    }

    /**
     * These instances by their IDs, as far as EC2 shows them. By a filter: a call by IDs may draw on the smaller bucket of those
     * without one.
     *
     * @see <a href="https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-throttling.html">Request throttling</a>
     */
    Map<String, Instance> instances(Collection<String> ids) {
        return byId(
                ec2.describeInstances(request -> request.filters(PoolFilters.filter("instance-id", List.copyOf(ids)))));
    }

    /**
     * These instances, and where they are more than a filter takes all of their groups that were launched in the last hour;
     * nothing when those are too many.
     */
    Optional<Map<String, Instance>> launches(Collection<String> ids, Collection<String> groups, Instant now) {
        if (ids.size() <= MOST_VALUES) {
            return Optional.of(instances(ids));
        }
        var hours = Stream.of(now.minus(OF_MANY_SINCE), now)
                .map(time -> time.toString().substring(0, HOUR) + "*")
                .toList();
        var response = ec2.describeInstances(request -> request.filters(
                        PoolFilters.filter("tag:aws:autoscaling:groupName", List.copyOf(groups)),
                        PoolFilters.filter("launch-time", hours))
                .maxResults(MOST_INSTANCES));
        return response.nextToken() == null || response.nextToken().isEmpty()
                ? Optional.of(byId(response))
                : Optional.empty();
    }

    private static Map<String, Instance> byId(DescribeInstancesResponse response) {
        return response.reservations().stream()
                .flatMap(reservation -> reservation.instances().stream())
                .filter(instance -> instance.instanceId() != null)
                .collect(Collectors.toMap(Instance::instanceId, instance -> instance, (one, same) -> one));
    }

    /**
     * The instance, if EC2 shows it: it may be too new to be known everywhere, or gone. While a zone is disrupted, EC2 may fail every
     * call that names no IDs or leave it without an answer, and answers one that names only those of other zones. Just then groups
     * launch in these. With that of the launches before it, three calls that time out end within the function's timeout.
     *
     * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstances.html">DescribeInstances</a>
     */
    Optional<Instance> instance(String id) {
        try {
            return Optional.ofNullable(instances(List.of(id)).get(id));
        } catch (SdkException e) {
            if (AwsFailures.typed(e, "DescribeInstances") instanceof AwsUnavailableException) {
                return named(id);
            }
            throw e;
        }
    }

    private Optional<Instance> named(String id) {
        try {
            return Optional.ofNullable(byId(ec2.describeInstances(request -> request.instanceIds(id)))
                    .get(id));
        } catch (SdkException e) {
            if (AwsFailures.isUnknownInstance(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** The network border group of a zone, if EC2 tells. */
    Optional<String> networkBorderGroup(String zone) {
        return ec2.describeAvailabilityZones(request -> request.zoneNames(zone)).availabilityZones().stream()
                .map(AvailabilityZone::networkBorderGroup)
                .filter(Objects::nonNull)
                .findFirst();
    }

    /** The zones of these names, with their IDs. */
    List<Zone> zones(Collection<String> names) {
        return ec2.describeAvailabilityZones(request -> request.zoneNames(names)).availabilityZones().stream()
                .map(zone -> new Zone(zone.zoneName(), zone.zoneId()))
                .toList();
    }
}
