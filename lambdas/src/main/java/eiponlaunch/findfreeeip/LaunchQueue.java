package eiponlaunch.findfreeeip;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * The instances that have no address of the pool, in an order on which all of them agree without talking to each other. The
 * n-th of them tries the n-th free address. An instance with an address has left the queue in the same read in which the
 * address has left the pool. So the two lists shift alike, and nobody else's address changes.
 *
 * <p>The order is that of some digits of the instance's ID, which are as good as drawn at random. It needs no other read,
 * and a launch knows by its ID alone about when it will be its turn. But a launch that comes later takes a place in the middle
 * and moves those behind it. So where launch times are known they go first: a later launch is behind all others.
 *
 * <p>An instance in service without an address may have got one a moment ago, as the two reads are not of the same instant.
 * So it has a place as well, as long as there is an address for everybody; else launches go first.
 */
public final class LaunchQueue {
    /** Where an ID begins to be random: those of today start with i-0. The definition's WaitToLook knows it too. */
    private static final int DIGITS_FROM = 8;

    /** The order of instance IDs. A part of the queue must be taken from the front of this order. */
    public static final Comparator<String> ORDER = LaunchQueue::compare;

    private static final Comparator<Peer> BY_DIGITS = Comparator.comparing(Peer::instanceId, ORDER);

    private static final Comparator<Peer> BY_LAUNCH_TIME =
            Comparator.comparing(Peer::launchTime, Comparator.nullsLast(Comparator.naturalOrder()));

    private static final Comparator<Peer> LAUNCHES_FIRST = Comparator.comparing(Peer::launching)
            .reversed()
            .thenComparing(BY_LAUNCH_TIME)
            .thenComparing(BY_DIGITS);

    private static final Duration LONG_BEFORE = Duration.ofSeconds(3);

    /** One that leaves a warm pool. */
    private static final Duration TOO_LONG_BEFORE = Duration.ofMinutes(15);

    /**
     * An instance of the groups that share the pool.
     *
     * @param launching whether its launch waits in a hook, or will; else it is in service
     * @param launchTime when it was launched; null when that is not known
     */
    public record Peer(String instanceId, boolean launching, Instant launchTime) {
        public Peer {
            requireNonNull(instanceId, "instanceId is null");
        }
    }

    private final Peer self;
    private final boolean shown;
    private final List<Peer> others;
    private final int launching;
    private final int beingServed;

    /**
     * @param instanceId the instance that asks; a launch, when it is none of the peers
     * @param peers the instances of the groups that share the pool
     * @param holders the instances that have an address of the pool
     */
    public LaunchQueue(String instanceId, Collection<Peer> peers, Set<String> holders) {
        Peer shownAs = null;
        var waiting = new ArrayList<Peer>(peers.size());
        var launches = 0;
        var served = 0;
        for (var peer : peers) {
            var isSelf = peer.instanceId().equals(instanceId);
            var isHolder = holders.contains(peer.instanceId());
            if (isSelf && shownAs == null) {
                shownAs = peer;
            }
            if (!isSelf && !isHolder) {
                waiting.add(peer);
                launches += peer.launching() ? 1 : 0;
            }
            served += isHolder && peer.launching() ? 1 : 0;
        }
        this.shown = shownAs != null;
        this.self = shown ? shownAs : new Peer(instanceId, true, null);
        this.others = waiting;
        this.launching = launches + (self.launching() ? 1 : 0);
        this.beingServed = served;
    }

    /** Whether the peers show the instance itself. */
    public boolean isShown() {
        return shown;
    }

    /** How many instances have no address, the instance itself among them. */
    public int waiting() {
        return others.size() + 1;
    }

    /** How many of them are launches. */
    public int launching() {
        return launching;
    }

    /** How many launches have an address already and still wait in their hook. */
    public int beingServed() {
        return beingServed;
    }

    /** Whether the instance is known to have been launched then or later. */
    public boolean isLaunchedSince(Instant time) {
        return self.launchTime() != null && !self.launchTime().isBefore(time);
    }

    /** How many launches have waited for so long already that they would have an address if EC2 granted one at once. */
    public int elders() {
        return self.launchTime() == null
                ? 0
                : (int) others.stream()
                        .filter(Peer::launching)
                        .filter(peer -> peer.launchTime() != null)
                        .filter(peer -> peer.launchTime().plus(LONG_BEFORE).isBefore(self.launchTime()))
                        .filter(peer -> peer.launchTime().plus(TOO_LONG_BEFORE).isAfter(self.launchTime()))
                        .count();
    }

    /** Whether there is an address for everybody. */
    public boolean isServed(int free) {
        return waiting() <= free;
    }

    /**
     * Which of the free addresses is this instance's, counted from 0; beyond them when others go first.
     *
     * @param free how many addresses are free
     */
    public int place(int free) {
        return before(order(isServed(free)));
    }

    /** The order in which instances get addresses. While there is one for everybody, those in service have a place as well. */
    static Comparator<Peer> order(boolean served) {
        return served ? BY_LAUNCH_TIME.thenComparing(BY_DIGITS) : LAUNCHES_FIRST;
    }

    /** How many instances try before this one. */
    public int ahead() {
        return before(LAUNCHES_FIRST);
    }

    private int before(Comparator<Peer> order) {
        var before = 0;
        for (var other : others) {
            before += order.compare(other, self) < 0 ? 1 : 0;
        }
        return before;
    }

    /** By the digits that are random, then by the whole. */
    private static int compare(String one, String other) {
        for (var i = DIGITS_FROM; i < one.length() && i < other.length(); i++) {
            if (one.charAt(i) != other.charAt(i)) {
                return one.charAt(i) - other.charAt(i);
            }
        }
        return one.compareTo(other);
    }
}
