package eiponlaunch.preflight.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import eiponlaunch.model.EipPool;
import eiponlaunch.preflight.facts.Account;
import eiponlaunch.preflight.facts.Address;
import eiponlaunch.preflight.facts.Holding;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A pool's addresses and who has them now, for the terminal and for a program.
 *
 * @param account whose addresses they are
 * @param pool the pool
 * @param holdings its addresses, in the order in which they are shown
 */
public record AddressReport(Account account, EipPool pool, List<Holding> holdings) {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final List<String> HEAD = List.of("address", "allocation ID", "held by", "group", "other tags");

    private record Content(String account, String region, String pool, int size, long free, List<Line> addresses) {}

    private record Line(
            String publicIp, String allocationId, String heldBy, String group, Map<String, String> otherTags) {}

    public String table() {
        var rows = new ArrayList<List<String>>();
        rows.add(HEAD);
        holdings.forEach(holding -> rows.add(row(holding)));
        var widths = IntStream.range(0, HEAD.size())
                .map(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        return String.format(
                        "The pool %s of account %s in %s: %d addresses, %d free%n",
                        pool.name(), account.id(), account.region(), holdings.size(), free())
                + rows.stream().map(row -> line(row, widths)).collect(Collectors.joining());
    }

    public String json() {
        var content = new Content(
                account.id(),
                account.region(),
                pool.name(),
                holdings.size(),
                free(),
                holdings.stream()
                        .map(holding -> new Line(
                                holding.address().publicIp(),
                                holding.address().allocationId(),
                                holding.holder().orElse(null),
                                holding.group().orElse(null),
                                otherTags(holding.address())))
                        .toList());
        try {
            return JSON.writeValueAsString(content) + System.lineSeparator();
        } catch (JsonProcessingException impossible) { // records of texts and numbers
            throw new UncheckedIOException(impossible);
        }
    }

    private long free() {
        return holdings.stream().filter(Holding::isFree).count();
    }

    private List<String> row(Holding holding) {
        return List.of(
                String.valueOf(holding.address().publicIp()),
                holding.address().allocationId(),
                holding.holder().orElse("-"),
                holding.group().orElse("-"),
                otherTags(holding.address()).entrySet().stream()
                        .map(tag -> tag.getKey() + "=" + tag.getValue())
                        .collect(Collectors.joining(", ")));
    }

    /** Those that do not make it one of the pool: its name, a zone, an order. */
    private Map<String, String> otherTags(Address address) {
        var tags = new TreeMap<>(address.tags());
        tags.keySet().removeAll(pool.tags().keySet());
        return tags;
    }

    private static String line(List<String> row, int[] widths) {
        return IntStream.range(0, row.size())
                        .mapToObj(column -> String.format("%-" + Math.max(1, widths[column]) + "s", row.get(column)))
                        .collect(Collectors.joining("  "))
                        .stripTrailing()
                + System.lineSeparator();
    }
}
