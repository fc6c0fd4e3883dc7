package eiponlaunch.findfreeeip;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

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

    private static final Duration LONG_BEFORE = Duration.ofSeconds(3);

    /** One that leaves a warm pool. */
    private static final Duration TOO_LONG_BEFORE = Duration.ofMinutes(15);

    private final Seen self;
    private final boolean shown;
    private final List<Seen> all;
    private final int waiting;
    private final int launching;
    private final int ahead;
    private final int beingServed;

    /**
     * @param instanceId the instance that asks
     * @param shownAs how its group shows it; nothing when that does not: then it is a launch
     * @param waiting the instances of the groups that share the pool and have no address of it, itself among them or not
     * @param beingServed how many launches have an address already and still wait in their hook
     */
    public LaunchQueue(String instanceId, Optional<Seen> shownAs, List<Seen> waiting, int beingServed) {
        this.shown = shownAs.isPresent();
        this.self = shownAs.orElseGet(() -> new Seen(instanceId, true, null));
        this.beingServed = beingServed;
        this.all = waiting;
        var instances = 1;
        var launches = self.launching() ? 1 : 0;
        var before = 0;
        for (var one : waiting) { // there may be thousands, so all that is counted is counted at once
            if (!one.instanceId().equals(instanceId)) {
                instances++;
                launches += one.launching() ? 1 : 0;
                before += launchesFirst(one, self) < 0 ? 1 : 0;
            }
        }
        this.waiting = instances;
        this.launching = launches;
        this.ahead = before;
    }

    /** Of those that wait, the instance among them when its group shows it. */
    public static LaunchQueue of(String instanceId, List<Seen> waiting) {
        return new LaunchQueue(instanceId, among(waiting, instanceId), waiting, 0);
    }

    /** How the group shows an instance, if it does. */
    static Optional<Seen> among(List<Seen> all, String instanceId) {
        for (var seen : all) {
            if (seen.instanceId().equals(instanceId)) {
                return Optional.of(seen);
            }
        }
        return Optional.empty();
    }

    /** Whether its group shows the instance itself. */
    public boolean isShown() {
        return shown;
    }

    /** How many instances have no address, the instance itself among them. */
    public int waiting() {
        return waiting;
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
                : (int) all.stream()
                        .filter(Seen::launching)
                        .filter(one -> one.launchTime() != null)
                        .filter(one -> one.launchTime().plus(LONG_BEFORE).isBefore(self.launchTime()))
                        .filter(one -> one.launchTime().plus(TOO_LONG_BEFORE).isAfter(self.launchTime()))
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
        if (!isServed(free) || launching == waiting) {
            return ahead;
        }
        var before = 0;
        for (var one : all) {
            before += byLaunchTime(one, self) < 0 ? 1 : 0;
        }
        return before;
    }

    /** The order in which instances get addresses. While there is one for everybody, those in service have a place as well. */
    static Comparator<Seen> order(boolean served) {
        return served ? LaunchQueue::byLaunchTime : LaunchQueue::launchesFirst;
    }

    /** How many instances try before this one. */
    public int ahead() {
        return ahead;
    }

    private static int launchesFirst(Seen one, Seen other) {
        if (one.launching() != other.launching()) {
            return one.launching() ? -1 : 1;
        }
        return byLaunchTime(one, other);
    }

    /** Those whose time is not known come last. */
    private static int byLaunchTime(Seen one, Seen other) {
        if (one.launchTime() == null || other.launchTime() == null) {
            return one.launchTime() == other.launchTime()
                    ? compare(one.instanceId(), other.instanceId())
                    : one.launchTime() == null ? 1 : -1;
        }
        var byTime = one.launchTime().compareTo(other.launchTime());
        return byTime == 0 ? compare(one.instanceId(), other.instanceId()) : byTime;
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
