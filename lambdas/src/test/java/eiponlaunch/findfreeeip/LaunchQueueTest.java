package eiponlaunch.findfreeeip;

import static org.assertj.core.api.Assertions.assertThat;

import eiponlaunch.findfreeeip.LaunchQueue.Peer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LaunchQueueTest {
    private static final Instant START = Instant.parse("2026-01-31T12:00:00Z");

    @Test
    void aLoneLaunchIsFirstAndNeedNotWait() {
        var queue = new LaunchQueue("i-1", List.of(new Peer("i-1", START)), Set.of());

        assertThat(queue.ahead()).isZero();
        assertThat(queue.secondsUntilTurn()).isZero();
    }

    @Test
    void firstLaunchedFirstServedWhateverOrderEc2ListsThemIn() {
        var peers = new ArrayList<>(List.of(
                new Peer("i-9", START), new Peer("i-5", START.plusSeconds(1)), new Peer("i-7", START.plusSeconds(1))));
        for (var seed = 0; seed < 10; seed++) {
            Collections.shuffle(peers, new Random(seed));
            assertThat(List.of("i-9", "i-5", "i-7"))
                    .extracting(instance -> new LaunchQueue(instance, peers, Set.of()).ahead())
                    .containsExactly(0, 1, 2);
        }
    }

    @Test
    void everyPlaceIsTakenByOneLaunchOnly() {
        var peers = burst(300);

        assertThat(peers)
                .extracting(peer -> new LaunchQueue(peer.instanceId(), peers, Set.of()).place(300))
                .doesNotHaveDuplicates();
    }

    @Test
    void whoHasAnAddressHasLeftTheQueueAndOthersMoveUpTogether() {
        var peers = burst(10);
        var before = new LaunchQueue(peers.get(7).instanceId(), peers, Set.of()).ahead();

        assertThat(new LaunchQueue(peers.get(7).instanceId(), peers, holders(peers, 3)).ahead())
                .isEqualTo(before - 3);
    }

    @Test
    void anInstanceThatEc2DoesNotShowYetIsLast() {
        assertThat(new LaunchQueue("i-new", burst(4), Set.of()).ahead()).isEqualTo(4);
        assertThat(new LaunchQueue("i-new", burst(4), Set.of()).place(4)).isEqualTo(4);
    }

    @Test
    void instancesThatEc2DoesNotShowYetAreSpreadOverTheAddressesThatNobodyAheadNeeds() {
        var places = IntStream.range(0, 100)
                .mapToObj(i -> new LaunchQueue("i-new" + i, burst(4), Set.of()).place(1004))
                .toList();

        assertThat(places).allMatch(place -> place >= 4 && place < 1004);
        assertThat(Set.copyOf(places)).hasSizeGreaterThan(80);
    }

    @Test
    void laterLaunchesDoNotMoveEarlierOnes() {
        var peers = new ArrayList<>(burst(5));
        var before = new LaunchQueue(peers.get(4).instanceId(), peers, Set.of()).ahead();
        peers.add(new Peer("i-0", START.plusSeconds(30)));

        assertThat(new LaunchQueue(peers.get(4).instanceId(), peers, Set.of()).ahead())
                .isEqualTo(before);
    }

    @Test
    void theBurstGoesAtOnceAndTheRestAtTheRateOfTheBucket() {
        var peers = burst(200);

        assertThat(turn(peers, 49, Set.of())).isZero();
        assertThat(turn(peers, 50, Set.of())).isZero();
        assertThat(turn(peers, 51, Set.of())).isEqualTo(1);
        assertThat(turn(peers, 50 + 55, Set.of())).isEqualTo(10);
        assertThat(turn(peers, 50 + 56, Set.of())).isEqualTo(11);
    }

    @Test
    void tokensThatTheBurstHasUsedAreNotCountedOnAgain() {
        var peers = burst(200);

        assertThat(turn(peers, 20, holders(peers, 0))).isZero();
        assertThat(turn(peers, 60 + 11, holders(peers, 60))).isEqualTo(2);
    }

    @Test
    void launchesOfLongAgoHaveUsedNoneOfTheBurst() {
        var peers = new ArrayList<>(burst(60));
        var holders = holders(peers, 60);
        peers.add(new Peer("i-a", START.plusSeconds(60)));
        peers.add(new Peer("i-b", START.plusSeconds(60)));

        assertThat(new LaunchQueue("i-b", peers, holders).secondsUntilTurn()).isZero();
    }

    @Test
    void instancesThatRunAlreadyComeAfterAllLaunchesInTheirOrder() {
        var running = List.of("i-c", "i-a", "i-b");

        assertThat(running)
                .extracting(instance -> new LaunchQueue(instance, burst(4), Set.of(), running).ahead())
                .containsExactly(4, 5, 6);
        assertThat(new LaunchQueue("i-b", burst(4), Set.of("i-c"), running).ahead())
                .isEqualTo(5);
    }

    @Test
    void anInstanceThatWasLaunchedLatelyAndRunsAlreadyCountsOnce() {
        var peers = burst(2);
        var running = List.of("i-a", peers.get(1).instanceId(), "i-b");

        assertThat(new LaunchQueue("i-b", peers, Set.of(), running).ahead()).isEqualTo(3);
        assertThat(new LaunchQueue(peers.get(1).instanceId(), peers, Set.of(), running).ahead())
                .isEqualTo(1);
    }

    private static int turn(List<Peer> peers, int place, Set<String> holders) {
        return new LaunchQueue(peers.get(place).instanceId(), peers, holders).secondsUntilTurn();
    }

    private static List<Peer> burst(int size) {
        return IntStream.range(0, size)
                .mapToObj(i -> new Peer(String.format("i-%017x", i), START))
                .toList();
    }

    private static Set<String> holders(List<Peer> peers, int first) {
        return peers.stream().limit(first).map(Peer::instanceId).collect(Collectors.toSet());
    }
}
