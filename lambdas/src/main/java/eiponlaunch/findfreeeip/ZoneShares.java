package eiponlaunch.findfreeeip;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Who of those that wait gets an address that serves its zone alone, and who shares those that serve every zone. Of each zone
 * the first get the zone's own, as many as there are; the others of all zones share the rest. An instance that takes an
 * address leaves the list of that address, and nobody else's list changes.
 *
 * @param ofZones by the zone's name
 * @param ofEveryZone in the order in which they wait
 */
public record ZoneShares<T>(Map<String, List<T>> ofZones, List<T> ofEveryZone) {
    /**
     * @param waiting those that wait, in their order
     * @param zone the name of the zone of one of them, or null
     * @param free how many addresses each zone has of its own
     */
    public static <T> ZoneShares<T> of(List<T> waiting, Function<T, String> zone, Function<String, Integer> free) {
        var ofZones = new LinkedHashMap<String, List<T>>();
        var ofEveryZone = new ArrayList<T>();
        for (var one : waiting) {
            var name = zone.apply(one);
            var own = name == null ? ofEveryZone : ofZones.computeIfAbsent(name, key -> new ArrayList<>());
            (name != null && own.size() < free.apply(name) ? own : ofEveryZone).add(one);
        }
        return new ZoneShares<>(ofZones, ofEveryZone);
    }
}
