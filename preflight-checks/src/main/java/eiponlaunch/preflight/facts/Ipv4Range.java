package eiponlaunch.preflight.facts;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Addresses from {@code first} to {@code last}, both among them. */
record Ipv4Range(long first, long last) {
    private static final long END = 1L << 32;

    /**
     * What the internet does not have.
     *
     * @see <a href="https://www.iana.org/assignments/iana-ipv4-special-registry/">IANA's special-purpose addresses</a>
     */
    private static final List<Ipv4Range> NOT_OF_THE_INTERNET = Stream.of(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.168.0.0/16",
                    "224.0.0.0/3")
            .map(Ipv4Range::of)
            .toList();

    /** The range that is written as {@code 10.0.0.0/8}. */
    static Ipv4Range of(String cidr) {
        var parts = cidr.split("/");
        var first = Stream.of(parts[0].split("\\."))
                .mapToLong(Long::parseLong)
                .reduce(0, (address, part) -> address * 256 + part);
        var size = 1L << (32 - Integer.parseInt(parts[1]));
        return new Ipv4Range(first, first + size - 1);
    }

    /** Whether the ranges leave out no address of the internet. */
    static boolean coverTheInternet(List<Ipv4Range> ranges) {
        var next = 0L;
        for (var range : Stream.concat(ranges.stream(), NOT_OF_THE_INTERNET.stream())
                .sorted(Comparator.comparingLong(Ipv4Range::first))
                .toList()) {
            if (range.first() > next) {
                return false;
            }
            next = Math.max(next, range.last() + 1);
        }
        return next == END;
    }
}
