package eiponlaunch.simulator.world.ec2;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.model.Address;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.Tag;

/** The filters of Describe calls, as conditions on what they describe. One that EC2 does not have is refused. */
final class Filters {
    private Filters() {}

    static Predicate<Address> ofAddresses(List<Filter> filters) {
        return allOf(filters, filter -> {
            var values = filter.values();
            return switch (filter.name()) {
                case "allocation-id" -> address -> values.contains(address.allocationId());
                case "instance-id" -> address -> values.contains(address.instanceId());
                case "public-ip" -> address -> values.contains(address.publicIp());
                case "network-border-group" -> address -> values.contains(address.networkBorderGroup());
                default -> tagged(filter, Address::tags);
            };
        });
    }

    static Predicate<Instance> ofInstances(List<Filter> filters) {
        return allOf(filters, filter -> {
            var values = filter.values();
            return switch (filter.name()) {
                case "instance-id" -> instance -> values.contains(instance.instanceId());
                case "instance-state-name" ->
                    instance -> values.contains(instance.state().nameAsString());
                case "launch-time" ->
                    instance -> matchesStart(values, instance.launchTime().toString());
                default -> tagged(filter, Instance::tags);
            };
        });
    }

    /** The tags that a thing must have, as far as a filter leaves only one value. */
    static Map<String, String> tags(List<Filter> filters) {
        return filters.stream()
                .filter(filter ->
                        filter.name().startsWith("tag:") && filter.values().size() == 1)
                .collect(Collectors.toMap(
                        filter -> filter.name().substring("tag:".length()),
                        filter -> filter.values().get(0)));
    }

    /** Without the only tag that leaves one value: the catalogue looks among the things with that tag anyway. */
    private static List<Filter> beyondTheTag(List<Filter> filters) {
        return tags(filters).size() == 1
                ? filters.stream()
                        .filter(filter -> !filter.name().startsWith("tag:")
                                || filter.values().size() != 1)
                        .toList()
                : filters;
    }

    /** Refuses a filter that there is not, whatever there is to be filtered. */
    private static <T> Predicate<T> allOf(List<Filter> filters, Function<Filter, Predicate<T>> condition) {
        return beyondTheTag(filters).stream().map(condition).reduce(any -> true, Predicate::and);
    }

    private static <T> Predicate<T> tagged(Filter filter, Function<T, List<Tag>> tags) {
        if (!filter.name().startsWith("tag:")) {
            throw SimulatedEc2.refused("InvalidParameterValue", "The filter '" + filter.name() + "' is invalid");
        }
        var key = filter.name().substring("tag:".length());
        return thing -> tags.apply(thing).stream()
                .anyMatch(tag -> tag.key().equals(key) && filter.values().contains(tag.value()));
    }

    /** Launch times are matched as text; a star at the end stands for anything. */
    private static boolean matchesStart(List<String> patterns, String launchTime) {
        for (var pattern : patterns) {
            if (launchTime.regionMatches(0, pattern, 0, pattern.length() - 1)) {
                return true;
            }
        }
        return false;
    }
}
