package eiponlaunch.aws;

import eiponlaunch.model.EipPool;
import eiponlaunch.model.Zone;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.Address;

/**
 * The free addresses of a pool in the order in which they are tried, apart by the zone that they serve.
 *
 * @param ofZones those that serve one zone alone, by the zone's name; of other zones than those that were asked about, none
 * @param ofEveryZone those that serve every zone
 */
public record FreeEips(Map<String, List<Address>> ofZones, List<Address> ofEveryZone) {
    /** @param zones the zones that matter, with their IDs as far as they are known */
    public static FreeEips of(Collection<Address> addresses, EipPool pool, Collection<Zone> zones) {
        return ofFree(PoolFilters.free(addresses), pool, zones);
    }

    /** Of addresses that are free, all of them. */
    public static FreeEips ofFree(Collection<Address> free, EipPool pool, Collection<Zone> zones) {
        var ordered = new ArrayList<>(free);
        ordered.sort(PoolFilters.order(pool));
        if (pool.zoneTagKey().isEmpty()) {
            return new FreeEips(Map.of(), ordered);
        }
        var ofZones = new LinkedHashMap<String, List<Address>>();
        var ofEveryZone = new ArrayList<Address>();
        ordered.forEach(address -> PoolFilters.ownZone(address, pool)
                .ifPresentOrElse(
                        named -> zones.stream()
                                .filter(zone -> zone.isNamed(named))
                                .findFirst()
                                .ifPresent(zone -> ofZones.computeIfAbsent(zone.name(), name -> new ArrayList<>())
                                        .add(address)),
                        () -> ofEveryZone.add(address)));
        return new FreeEips(ofZones, ofEveryZone);
    }

    /** Whether one of the addresses names its zone by an ID, and one of the zones has none. */
    public static boolean needIds(Collection<Address> addresses, EipPool pool, Collection<Zone> zones) {
        return zones.stream().map(Zone::id).anyMatch(Objects::isNull)
                && addresses.stream()
                        .anyMatch(address -> PoolFilters.ownZone(address, pool)
                                .filter(Zone::isId)
                                .isPresent());
    }

    /** Those that serve the zone alone. */
    public List<Address> of(Zone zone) {
        return zone == null ? List.of() : ofZones.getOrDefault(zone.name(), List.of());
    }

    /** Those that an instance in the zone can use, those of the zone first. */
    public List<Address> usableIn(Zone zone) {
        var own = of(zone);
        return own.isEmpty()
                ? ofEveryZone
                : Stream.concat(own.stream(), ofEveryZone.stream()).toList();
    }
}
