package eiponlaunch.findfreeeip;

import static java.util.Objects.requireNonNull;

import eiponlaunch.aws.PoolFilters;
import eiponlaunch.model.EipPool;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Address;
import software.amazon.awssdk.services.ec2.model.AvailabilityZone;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.paginators.DescribeInstancesIterable;

/** What FindFreeEip asks EC2. */
final class Ec2Reads {
    /** What EC2 takes in one request. */
    private static final int MOST_FILTER_VALUES = 200;

    private final Ec2Client ec2;

    Ec2Reads(Ec2Client ec2) {
        this.ec2 = requireNonNull(ec2, "ec2 is null");
    }

    List<Address> addressesOf(EipPool pool) {
        return ec2.describeAddresses(request -> request.filters(PoolFilters.of(pool)))
                .addresses();
    }

    /** The instances with this tag that were launched between the two, to the minute. */
    List<Instance> launches(Map.Entry<String, String> tag, Instant from, Instant to) {
        var minutes = Stream.iterate(
                        from.truncatedTo(ChronoUnit.MINUTES),
                        minute -> !minute.isAfter(to),
                        minute -> minute.plus(1, ChronoUnit.MINUTES))
                .limit(MOST_FILTER_VALUES) // an event that is hours late has passed its deadline anyway
                .map(minute -> minute.toString().substring(0, "2026-01-31T12:00".length()) + ":*")
                .toList();
        return alive(tag, PoolFilters.filter("launch-time", minutes));
    }

    /** The instances with this tag, whenever they were launched. */
    List<Instance> alive(Map.Entry<String, String> tag, Filter... more) {
        var alive = PoolFilters.filter("instance-state-name", List.of("pending", "running"));
        var request = DescribeInstancesRequest.builder()
                .filters(Stream.concat(Stream.of(PoolFilters.tagged(tag), alive), Stream.of(more))
                        .toList())
                .build();
        return new DescribeInstancesIterable(ec2, request)
                .stream()
                        .flatMap(Ec2Reads::instances)
                        .filter(instance -> instance.instanceId() != null && instance.launchTime() != null)
                        .toList();
    }

    /** The instance itself, if EC2 tells. */
    Optional<Instance> instance(String instanceId) {
        return instances(ec2.describeInstances(request -> request.instanceIds(instanceId)))
                .findFirst();
    }

    /** The network border group of a zone, if EC2 tells. */
    Optional<String> networkBorderGroup(String zone) {
        return ec2.describeAvailabilityZones(request -> request.zoneNames(zone)).availabilityZones().stream()
                .map(AvailabilityZone::networkBorderGroup)
                .filter(Objects::nonNull)
                .findFirst();
    }

    private static Stream<Instance> instances(DescribeInstancesResponse response) {
        return response.reservations().stream().flatMap(reservation -> reservation.instances().stream());
    }
}
