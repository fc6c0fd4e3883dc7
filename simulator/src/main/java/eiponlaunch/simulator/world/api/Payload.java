package eiponlaunch.simulator.world.api;

import java.time.Duration;
import java.util.Map;

/**
 * What the size of an answer costs: a function downloads and parses it before it can go on.
 *
 * @param bytesPerItem by API name, the bytes of XML for each thing in an answer; an API without an entry answers in no time
 * @param perMegabyte what a call takes longer for each million bytes
 */
public record Payload(Map<String, Integer> bytesPerItem, Duration perMegabyte) {
    /** Size does not matter. */
    public static final Payload NONE = new Payload(Map.of(), Duration.ZERO);

    /**
     * Items as long as the examples of the API references, with tags and all that EC2 shows of a running instance. The time
     * is what {@code checks/benchmark --payload} measures of a warm function at the deployed size of memory.
     */
    public static Payload usual() {
        return new Payload(
                Map.of("DescribeInstances", 8_000, "DescribeAddresses", 700, "DescribeAutoScalingGroups", 470),
                Duration.ofMillis(120));
    }

    /** More tags, longer names, and a function that needs six times as long, twice that of 512 MB: assumptions. */
    public static Payload large() {
        return new Payload(
                Map.of("DescribeInstances", 9_000, "DescribeAddresses", 850, "DescribeAutoScalingGroups", 600),
                Duration.ofMillis(700));
    }

    Duration of(String api, int items) {
        var bytes = (long) bytesPerItem.getOrDefault(api, 0) * items;
        return Duration.ofNanos(perMegabyte.toNanos() * bytes / 1_000_000);
    }
}
