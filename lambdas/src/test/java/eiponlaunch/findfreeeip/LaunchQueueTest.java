package eiponlaunch.findfreeeip;

import static org.assertj.core.api.Assertions.assertThat;

import eiponlaunch.model.ElasticIp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LaunchQueueTest {
    private static final Instant START = Instant.parse("2026-01-31T12:00:00Z");

    @Test
    void aLoneLaunchIsFirst() {
        var queue = queue("i-1", List.of(launch("i-1")), Set.of());

        assertThat(queue.ahead()).isZero();
        assertThat(queue.place(1)).isZero();
    }

    /** All who see the same lists choose different addresses, whatever order Auto Scaling lists them in. */
    @Property(tries = 300)
    void noTwoInstancesChooseTheSameAddress(
            @ForAll @IntRange(min = 1, max = 60) int launches,
            @ForAll @IntRange(max = 20) int inService,
            @ForAll @IntRange(max = 100) int addresses,
            @ForAll @IntRange(max = 20) int held,
            @ForAll boolean launchTimesKnown,
            @ForAll long seed) {
        var random = new Random(seed);
        var peers = new ArrayList<Seen>();
        IntStream.range(0, launches)
                .mapToObj(number -> new Seen(
                        id(random), true, null, launchTimesKnown ? START.plusSeconds(random.nextInt(5)) : null))
                .forEach(peers::add);
        IntStream.range(0, inService)
                .mapToObj(number -> new Seen(id(random), false, null, null))
                .forEach(peers::add);
        var holders = peers.stream().limit(held).map(Seen::instanceId).collect(Collectors.toSet());
        var free = IntStream.range(0, addresses)
                .mapToObj(number -> new ElasticIp("eipalloc-" + number, "203.0.113." + number))
                .toList();

        var chosen = peers.stream()
                .filter(peer -> !holders.contains(peer.instanceId()))
                .map(peer -> {
                    var listed = new ArrayList<>(peers);
                    Collections.shuffle(listed, random);
                    var queue = queue(peer.instanceId(), listed, holders);
                    return new EipChoice(free, List.of()).at(queue.place(free.size()), queue.waiting());
                })
                .flatMap(java.util.Optional::stream)
                .toList();

        assertThat(chosen).doesNotHaveDuplicates();
        assertThat(chosen).hasSize(Math.min(addresses, Math.max(0, launches + inService - held)));
    }

    /** What was read a moment earlier leads to the same address, as the instance and its address leave together. */
    @Property(tries = 300)
    void whoHasAnAddressHasLeftTheQueueAndNobodyElsesAddressChanges(
            @ForAll @IntRange(min = 2, max = 40) int launches, @ForAll long seed) {
        var random = new Random(seed);
        var peers = IntStream.range(0, launches)
                .mapToObj(number -> launch(id(random)))
                .toList();
        var free = IntStream.range(0, launches)
                .mapToObj(number -> String.format("eipalloc-%03d", number))
                .toList();
        var served = peers.get(random.nextInt(launches));
        var self = peers.stream().filter(peer -> peer != served).findAny().orElseThrow();
        var before = queue(self.instanceId(), peers, Set.of());
        var takenAddress = free.get(queue(served.instanceId(), peers, Set.of()).place(launches));
        var after = queue(self.instanceId(), peers, Set.of(served.instanceId()));

        var left =
                free.stream().filter(address -> !address.equals(takenAddress)).toList();
        assertThat(left.get(after.place(left.size()))).isEqualTo(free.get(before.place(launches)));
    }

    @Test
    void theOrderIsThatOfTheDigitsThatAreRandom() {
        var peers = List.of(launch("i-0ffffff1"), launch("i-0aaaaaa2"), launch("i-0fffff00"));

        assertThat(List.of("i-0fffff00", "i-0aaaaaa2", "i-0ffffff1"))
                .extracting(id -> queue(id, peers, Set.of()).place(3))
                .containsExactly(0, 1, 2);
    }

    @Test
    void idsWhoseRandomDigitsAreTheSameAreOrderedAsAWhole() {
        var peers = List.of(launch("i-1000000aa"), launch("i-0000000aa"));

        assertThat(List.of("i-0000000aa", "i-1000000aa"))
                .extracting(id -> queue(id, peers, Set.of()).place(2))
                .containsExactly(0, 1);
    }

    @Test
    void anIdThatAnotherOneBeginsWithIsBeforeIt() {
        assertThat(LaunchQueue.ORDER.compare("i-0000000aa", "i-0000000aab")).isNegative();
        assertThat(LaunchQueue.ORDER.compare("i-0000000aab", "i-0000000aa")).isPositive();
        assertThat(LaunchQueue.ORDER.compare("i-0000000aa", "i-0000000aa")).isZero();
    }

    @Test
    void firstLaunchedFirstServedWhenNotAllCanGetAnAddress() {
        var peers = List.of(
                new Seen("i-00000000000000009", true, null, START),
                new Seen("i-00000000000000005", true, null, START.plusSeconds(1)),
                new Seen("i-00000000000000007", true, null, START.plusSeconds(1)),
                new Seen("i-00000000000000001", true, null, null));

        assertThat(peers)
                .extracting(peer -> queue(peer.instanceId(), peers, Set.of()).place(2))
                .containsExactly(0, 1, 2, 3);
        assertThat(peers)
                .as("an address for everybody, where one knows when they were launched")
                .extracting(peer -> queue(peer.instanceId(), peers, Set.of()).place(4))
                .containsExactly(0, 1, 2, 3);
    }

    @Property(tries = 100)
    void aLaterLaunchChangesNobodysPlace(@ForAll @IntRange(min = 1, max = 60) int launches, @ForAll long seed) {
        var random = new Random(seed);
        var peers = new ArrayList<Seen>();
        IntStream.range(0, launches)
                .mapToObj(number -> new Seen(id(random), true, null, START.plusSeconds(random.nextInt(5))))
                .forEach(peers::add);
        var more = new ArrayList<>(peers);
        more.add(new Seen(id(random), true, null, START.plusSeconds(5)));

        assertThat(peers).allSatisfy(peer -> {
            var queue = queue(peer.instanceId(), more, Set.of());
            var before = queue(peer.instanceId(), peers, Set.of());
            assertThat(queue.place(100)).isEqualTo(before.place(100));
            assertThat(queue.ahead()).isEqualTo(before.ahead());
        });
    }

    @Test
    void launchesThatWaitThoughTheyBeganLongBeforeAreElders() {
        var peers = List.of(
                new Seen("i-1", true, null, START.plusSeconds(4)),
                new Seen("i-2", true, null, START),
                new Seen("i-3", true, null, START.plusSeconds(1)),
                new Seen("i-4", true, null, null),
                new Seen("i-5", false, null, START),
                new Seen("i-6", true, null, START),
                new Seen("i-7", true, null, START.minusSeconds(3600)));

        assertThat(queue("i-1", peers, Set.of("i-6")).elders()).isEqualTo(1);
        assertThat(queue("i-4", peers, Set.of()).elders()).isZero();
        assertThat(queue("i-1", peers, Set.of()).isLaunchedSince(START.plusSeconds(4)))
                .isTrue();
        assertThat(queue("i-1", peers, Set.of()).isLaunchedSince(START.plusSeconds(5)))
                .isFalse();
        assertThat(queue("i-4", peers, Set.of()).isLaunchedSince(START)).isFalse();
    }

    /** It may have got an address a moment ago, which the addresses that were read do not show yet. */
    @Test
    void anInstanceInServiceHasAnAddressOfItsOwnAsLongAsThereIsOneForEverybody() {
        var peers = List.of(launch("i-00000000000000002"), new Seen("i-00000000000000001", false, null, null));
        var launch = queue("i-00000000000000002", peers, Set.of());

        assertThat(launch.place(2)).isEqualTo(1);
        assertThat(launch.place(1)).as("launches go first").isZero();
        assertThat(launch.ahead()).isZero();
        assertThat(queue("i-00000000000000001", peers, Set.of()).ahead()).isEqualTo(1);
    }

    @Test
    void anInstanceThatIsNotShownCountsAsALaunch() {
        var queue = queue("i-00000000000000009", List.of(launch("i-00000000000000001")), Set.of());

        assertThat(queue.isShown()).isFalse();
        assertThat(queue.waiting()).isEqualTo(2);
        assertThat(queue.launching()).isEqualTo(2);
        assertThat(queue.ahead()).isEqualTo(1);
    }

    /** Auto Scaling may list it as what it was and as what it is. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anInstanceThatIsListedTwiceIsNotItsOwnRival(boolean launchFirst) {
        var peers = List.of(
                new Seen("i-00000000000000001", launchFirst, null, null),
                new Seen("i-00000000000000001", !launchFirst, null, null),
                launch("i-00000000000000002"));
        var queue = queue("i-00000000000000001", peers, Set.of());

        assertThat(queue.waiting()).isEqualTo(2);
        assertThat(queue.launching()).isEqualTo(launchFirst ? 2 : 1);
        assertThat(queue.ahead()).as("launches go first").isEqualTo(launchFirst ? 0 : 1);
        assertThat(queue.place(2)).isZero();
    }

    @Test
    void launchesThatHaveAnAddressAreBeingServed() {
        var peers = List.of(launch("i-1"), launch("i-2"), new Seen("i-3", false, null, null));
        var queue = queue("i-1", peers, Set.of("i-2", "i-3"));

        assertThat(queue.beingServed()).isEqualTo(1);
        assertThat(queue.waiting()).isEqualTo(1);
        assertThat(queue.isShown()).isTrue();
    }

    private static String id(Random random) {
        return String.format("i-0%016x", random.nextLong());
    }

    private static LaunchQueue queue(String instanceId, List<Seen> peers, Set<String> holders) {
        return new Rivals(peers, holders).queue(instanceId, Map.of());
    }

    private static Seen launch(String id) {
        return new Seen(id, true, null, null);
    }
}
