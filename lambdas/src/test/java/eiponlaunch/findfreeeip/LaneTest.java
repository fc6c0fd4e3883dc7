package eiponlaunch.findfreeeip;

import static org.assertj.core.api.Assertions.assertThat;

import eiponlaunch.aws.FreeEips;
import eiponlaunch.model.EipPool;
import eiponlaunch.model.ElasticIp;
import eiponlaunch.model.Zone;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.Address;
import software.amazon.awssdk.services.ec2.model.Tag;

/** Instances of three zones, and addresses of which some serve one zone alone. */
class LaneTest {
    private static final List<Zone> ZONES =
            List.of(new Zone("us-east-1a"), new Zone("us-east-1b"), new Zone("us-east-1c"));
    private static final EipPool POOL = new EipPool(Map.of("Application", "ForwardProxy"), "Order", "Zone");
    private static final Instant START = Instant.parse("2026-01-31T12:00:00Z");

    @Property(tries = 300)
    void noTwoInstancesTryTheSameAddressWhateverTheirZones(
            @ForAll Random random, @ForAll @IntRange(max = 20) int waiting, @ForAll @IntRange(max = 20) int addresses) {
        var queue = queue(random, waiting);
        var pool = pool(random, addresses);

        assertThat(chosen(pool, queue).values()).doesNotHaveDuplicates();
    }

    @Property(tries = 300)
    void everybodyTriesAnAddressOfItsZoneOrOfEveryZoneAndNoneIsLeftThatSomebodyCouldUse(
            @ForAll Random random, @ForAll @IntRange(max = 20) int waiting, @ForAll @IntRange(max = 20) int addresses) {
        var queue = queue(random, waiting);
        var pool = pool(random, addresses);
        var chosen = chosen(pool, queue);

        for (var one : queue) {
            var usable = FreeEips.of(pool, POOL, ZONES).usableIn(one.zone()).stream()
                    .map(Address::allocationId)
                    .toList();
            var eip = chosen.get(one);
            if (eip == null) {
                assertThat(chosen.values().stream().map(ElasticIp::allocationId))
                        .containsAll(usable);
            } else {
                assertThat(usable).contains(eip.allocationId());
            }
        }
    }

    @Property(tries = 300)
    void whoTakesItsAddressChangesNobodyElses(
            @ForAll Random random,
            @ForAll @IntRange(min = 1, max = 15) int waiting,
            @ForAll @IntRange(min = 1, max = 15) int addresses) {
        var queue = queue(random, waiting);
        var pool = pool(random, addresses);
        var before = chosen(pool, queue);
        var first = queue.stream().filter(before::containsKey).findFirst();
        if (first.isEmpty()) {
            return;
        }
        var taken = before.get(first.get()).allocationId();
        var left = queue.stream().filter(one -> one != first.get()).toList();
        var after = chosen(
                pool.stream()
                        .filter(address -> !address.allocationId().equals(taken))
                        .toList(),
                left);

        assertThat(left).allSatisfy(one -> assertThat(after.get(one)).isEqualTo(before.get(one)));
    }

    @Test
    void theZonesOwnAddressesComeBeforeThoseOfEveryZoneAndThoseInTheirOrder() {
        var pool = List.of(
                address("1", "us-east-1b", "1"),
                address("2", null, "1"),
                address("3", "us-east-1a", "2"),
                address("4", "us-east-1a", "1"));
        var queue = List.of(
                waiting("i-00000000000000001", "us-east-1a"),
                waiting("i-00000000000000002", "us-east-1a"),
                waiting("i-00000000000000003", "us-east-1a"));

        assertThat(queue)
                .extracting(one -> chosen(pool, queue).get(one).allocationId())
                .containsExactly("4", "3", "2");
    }

    @Test
    void aZoneWithoutAnAddressOfItsOwnWaitsRatherThanTakeThatOfAnother() {
        var queue = List.of(waiting("i-00000000000000001", "us-east-1a"));

        assertThat(chosen(List.of(address("1", "us-east-1b", "1")), queue)).isEmpty();
    }

    @Test
    void whatWasTriedInVainIsPassedOverForOneOfEveryZone() {
        var pool = List.of(address("1", "us-east-1a", "1"), address("2", null, "1"));
        var queue = List.of(waiting("i-00000000000000001", "us-east-1a"));

        assertThat(lane(pool, queue, queue.get(0)).atPlace(List.of("1")))
                .hasValueSatisfying(eip -> assertThat(eip.allocationId()).isEqualTo("2"));
        assertThat(lane(pool, queue, queue.get(0)).by("i-00000000000000001", List.of("1")))
                .hasValueSatisfying(eip -> assertThat(eip.allocationId()).isEqualTo("2"));
    }

    @Test
    void whoIsNotShownTakesOneOfItsZoneFirst() {
        var pool = List.of(address("1", null, "1"), address("2", "us-east-1b", "2"));
        var lane = Lane.of("i-00000000000000001", ZONES.get(1), FreeEips.of(pool, POOL, ZONES), List.of());

        assertThat(lane.by("i-00000000000000001", List.of()))
                .hasValueSatisfying(eip -> assertThat(eip.allocationId()).isEqualTo("2"));
    }

    @Test
    void whoIsNotShownSharesTheAddressesOfItsZoneThoughOthersAreShown() {
        var pool = List.of(address("1", "us-east-1a", "1"), address("2", null, "1"));
        var others = List.of(waiting("i-00000000000000002", "us-east-1a"));
        var lane = Lane.of("i-00000000000000001", ZONES.get(0), FreeEips.of(pool, POOL, ZONES), others);

        assertThat(lane.eips()).extracting(ElasticIp::allocationId).containsExactly("1");
        assertThat(lane.skipped()).isZero();
        assertThat(lane.queue().waiting()).isEqualTo(2);
    }

    @Test
    void whoIsNotShownSharesThoseOfEveryZoneWhereItsZoneHasNone() {
        var pool = List.of(address("1", "us-east-1a", "1"), address("2", null, "1"));
        var others = List.of(waiting("i-00000000000000002", "us-east-1a"));
        var lane = Lane.of("i-00000000000000001", ZONES.get(1), FreeEips.of(pool, POOL, ZONES), others);

        assertThat(lane.eips()).extracting(ElasticIp::allocationId).containsExactly("2");
        assertThat(lane.skipped()).isZero();
        assertThat(lane.queue().waiting()).isEqualTo(1);
    }

    @Test
    void onlyWhoGetsNoneOfItsZoneSkipsThoseOfTheZone() {
        var pool = List.of(address("1", "us-east-1a", "1"), address("2", null, "1"));
        var queue = List.of(waiting("i-00000000000000001", "us-east-1a"), waiting("i-00000000000000002", "us-east-1a"));
        var first = lane(pool, queue, queue.get(0));
        var second = lane(pool, queue, queue.get(1));

        assertThat(first.eips()).extracting(ElasticIp::allocationId).containsExactly("1");
        assertThat(first.skipped()).isZero();
        assertThat(second.eips()).extracting(ElasticIp::allocationId).containsExactly("2");
        assertThat(second.skipped()).isEqualTo(1);
    }

    @Test
    void whoGetsAnAddressOfWhateverZoneAndTriesBeforeIsAhead() {
        var pool = List.of(address("1", "us-east-1a", "1"), address("2", "us-east-1b", "1"), address("3", null, "1"));
        var queue = List.of(
                waiting("i-00000000000000001", "us-east-1a"),
                waiting("i-00000000000000002", "us-east-1a"),
                waiting("i-00000000000000003", "us-east-1b"));

        assertThat(queue).extracting(one -> ahead(pool, queue, one)).containsExactly(0, 1, 2);
    }

    @Test
    void whoGetsNoAddressKeepsNobodySeen() {
        var pool = List.of(address("1", "us-east-1b", "1"));
        var queue = List.of(
                waiting("i-00000000000000001", "us-east-1a"),
                waiting("i-00000000000000002", "us-east-1a"),
                waiting("i-00000000000000003", "us-east-1b"));

        assertThat(ahead(pool, queue, queue.get(2))).isZero();
        assertThat(ahead(pool, queue, queue.get(1))).isZero();
    }

    @Test
    void onlyAsManyAsThereAreAddressesOfEveryZoneAreAheadOfWhoGetsNone() {
        var pool = List.of(address("1", null, "1"), address("2", null, "2"));
        var queue = List.of(
                waiting("i-00000000000000001", "us-east-1a"),
                waiting("i-00000000000000002", "us-east-1b"),
                waiting("i-00000000000000003", "us-east-1c"),
                waiting("i-00000000000000004", "us-east-1a"));

        assertThat(queue).extracting(one -> ahead(pool, queue, one)).containsExactly(0, 1, 2, 2);
    }

    @Test
    void whoGetsNoneIsBehindAsWhatItIsRatherThanAsALaunch() {
        var pool = List.of(address("1", "us-east-1a", "1"), address("2", "us-east-1b", "1"));
        var queue = List.of(
                new Seen("i-00000000000000001", false, new Zone("us-east-1a"), null),
                waiting("i-00000000000000002", "us-east-1a"),
                waiting("i-00000000000000003", "us-east-1b"));

        assertThat(ahead(pool, queue, queue.get(0))).isEqualTo(2);
    }

    @Test
    void launchesTakeTheZonesAddressesFirstOnlyWhenNotAllCanGetOne() {
        var queue = List.of(
                new Seen("i-00000000000000001", false, new Zone("us-east-1a"), START),
                new Seen("i-00000000000000002", true, new Zone("us-east-1a"), START.plusSeconds(1)));
        var scarce = List.of(address("1", "us-east-1a", "1"));
        var enough = List.of(address("1", "us-east-1a", "1"), address("2", null, "1"));

        assertThat(lane(scarce, queue, queue.get(0)).eips()).isEmpty();
        assertThat(lane(scarce, queue, queue.get(1)).eips())
                .extracting(ElasticIp::allocationId)
                .containsExactly("1");
        assertThat(queue)
                .extracting(one -> chosen(enough, queue).get(one).allocationId())
                .containsExactly("1", "2");
    }

    @Test
    void whoWasRefusedChoosesBehindTheZonesAddressesAndThoseOfAllThatWait() {
        var pool = List.of(
                address("1", "us-east-1a", "1"),
                address("2", null, "2"),
                address("3", null, "3"),
                address("4", null, "4"),
                address("5", null, "5"),
                address("6", null, "6"));
        var queue = List.of(
                waiting("i-00000000000000001", "us-east-1a"),
                waiting("i-00000000000000002", "us-east-1a"),
                waiting("i-00000000000000003", "us-east-1a"));

        assertThat(lane(pool, queue, queue.get(2)).atPlace(List.of("3")))
                .hasValueSatisfying(eip -> assertThat(eip.allocationId()).isEqualTo("6"));
    }

    private static int ahead(List<Address> pool, List<Seen> queue, Seen one) {
        return Lane.ahead(one.instanceId(), FreeEips.of(pool, POOL, ZONES), queue);
    }

    private static Map<Seen, ElasticIp> chosen(List<Address> pool, List<Seen> queue) {
        var chosen = new HashMap<Seen, ElasticIp>();
        queue.forEach(one -> lane(pool, queue, one).atPlace(List.of()).ifPresent(eip -> chosen.put(one, eip)));
        return chosen;
    }

    private static Lane lane(List<Address> pool, List<Seen> queue, Seen one) {
        return Lane.of(one.instanceId(), one.zone(), FreeEips.of(pool, POOL, ZONES), queue);
    }

    private static List<Seen> queue(Random random, int waiting) {
        var queue = new ArrayList<Seen>();
        for (var number = 0; number < waiting; number++) {
            var id = String.format("i-0%016x", random.nextLong());
            var launching = random.nextInt(4) > 0;
            var launchTime = random.nextBoolean() ? START.plusSeconds(random.nextInt(3)) : null;
            queue.add(new Seen(id, launching, ZONES.get(random.nextInt(3)), launchTime));
        }
        return queue;
    }

    private static List<Address> pool(Random random, int addresses) {
        var pool = new ArrayList<Address>();
        for (var number = 0; number < addresses; number++) {
            pool.add(address(
                    String.valueOf(number),
                    random.nextInt(3) == 0 ? null : ZONES.get(random.nextInt(3)).name(),
                    String.valueOf(random.nextInt(5))));
        }
        return pool;
    }

    private static Seen waiting(String id, String zone) {
        return new Seen(id, true, new Zone(zone));
    }

    private static Address address(String id, String zone, String order) {
        var tags =
                new ArrayList<>(List.of(Tag.builder().key("Order").value(order).build()));
        if (zone != null) {
            tags.add(Tag.builder().key("Zone").value(zone).build());
        }
        return Address.builder()
                .allocationId(id)
                .publicIp("203.0.113." + id)
                .tags(tags)
                .build();
    }
}
