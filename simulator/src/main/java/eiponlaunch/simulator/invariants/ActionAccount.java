package eiponlaunch.simulator.invariants;

import eiponlaunch.simulator.world.api.Disturbance;
import eiponlaunch.simulator.world.autoscaling.LifecycleHold;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What went wrong for one lifecycle action through no fault of the workflow, and how many seconds that explains. */
final class ActionAccount {
    /** As WaitToLook says: before each look that comes again. */
    private static final int BEFORE_A_LOOK = 3;

    /** And for how long those looks are spread, in seconds: after the first, second and third look in a row that EC2 throttled. */
    private static final List<Integer> SPREAD = List.of(25, 37, 56);

    /** At least, where Auto Scaling throttled it; else for as long as the launch has lasted. */
    private static final int SPREAD_OF_SECOND_LOOKS = 15;

    /** Seconds until a throttled try of a storm is made again, beside its turn: at most, or a part of the time so far. */
    private static final double LONGEST_UNTIL_THE_NEXT_TRY = 40;

    private static final double PART_OF_THE_TIME = 1 / 15.0;

    /** What completes actions; all else finds an address, or gives one back. */
    private static final Set<String> COMPLETING = Set.of("CompleteLifecycle", "CompleteLifecycleAction");

    /** Attempts that come soon after each other: their pauses double. After that any pause may be the longest. */
    private static final int SOON = 2;

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(61);

    /** As WaitForEffect says, and a second for the states around it. */
    private static final Duration UNTIL_ITS_EFFECT_SHOWS = Duration.ofSeconds(17);

    /** As WaitToBeShown says, and two seconds for the look. */
    private static final Duration UNTIL_IT_MAY_BE_SHOWN = Duration.ofSeconds(8 + 2);

    /** Two minutes, less what a launch may be ahead of them. */
    private static final Duration FOR_LONG = Duration.ofSeconds(110);

    /** Attempts of one state since it last succeeded. */
    private static final class Row {
        private int attemptsOfVisit;
        private int disturbed;
        private boolean lastDisturbed;
    }

    /** From the first to the last time that a state was denied a call: its role may get one permission after the other. */
    private record Denial(Instant first, Instant last, Set<String> calls) {
        Denial until(Denial later) {
            var all = new HashSet<>(calls);
            all.addAll(later.calls);
            return new Denial(first, later.last, all);
        }

        Duration lasted() {
            return Duration.between(first, last);
        }
    }

    private final LifecycleHold hold;
    private final Optional<Need> need;
    private final Instant begins;
    private final int ahead;
    private final int startedBefore;
    private final int inVainBefore;
    private final Map<String, Row> rows = new HashMap<>();
    private final Map<String, Denial> denied = new HashMap<>();
    private final Set<String> refused = new HashSet<>();
    private int throttledLooks;
    private int throttledInARow;
    private boolean leftOut;
    private boolean unsure;
    private int throttledTries;
    private Duration searching = Duration.ZERO;
    private Duration completing = Duration.ZERO;
    private int addressesRefused;
    private Instant firstRefused;
    private Instant heartbeatEnds;
    private Instant delivered;
    private Instant robbed;

    /**
     * @param ahead launches that are under way
     * @param startedBefore launches that have ever begun
     * @param inVainBefore associations that have ever come to nothing
     */
    ActionAccount(
            LifecycleHold hold, Optional<Need> need, Instant begins, int ahead, int startedBefore, int inVainBefore) {
        this.hold = hold;
        this.need = need;
        this.begins = begins;
        this.heartbeatEnds = hold.heartbeatEnds();
        this.ahead = ahead;
        this.startedBefore = startedBefore;
        this.inVainBefore = inVainBefore;
    }

    LifecycleHold hold() {
        return hold;
    }

    /** Empty when the event is malformed: then no address is meant. */
    Optional<Need> need() {
        return need;
    }

    Instant begins() {
        return begins;
    }

    /** As the last recorded heartbeat says. */
    Instant heartbeatEnds() {
        return heartbeatEnds;
    }

    void heartbeatRecorded(Instant ends) {
        heartbeatEnds = ends;
    }

    /** Launches that were under way at some time during this one. */
    int rivals(int started) {
        return ahead + started - startedBefore;
    }

    /** Tokens of AssociateAddress that came to nothing during this launch. */
    int inVain(int everInVain) {
        return everInVain - inVainBefore;
    }

    /** An execution for this action started. */
    void started(Instant when) {
        delivered = delivered == null ? when : delivered;
    }

    /** How often AssociateAddress was throttled. */
    int throttledTries() {
        return throttledTries;
    }

    /** When the first execution for it started, or null. */
    Instant delivered() {
        return delivered;
    }

    void disturbed(Disturbance disturbance, Instant now) {
        switch (disturbance.kind()) {
            case DENIED -> denied(disturbance, now);
            case REFUSED -> refused.add(disturbance.what());
            case ADDRESS_REFUSED -> addressRefused(now);
            case INSTANCE_UNKNOWN -> {
                searching = searching.plusSeconds(7); // tried again after five seconds
                return;
            }
            case INSTANCE_LEFT_OUT -> {
                leftOut = true;
                return;
            }
            case RUN_AGAIN -> {
                return; // nobody waits for it
            }
            default -> {}
        }
        var row = row(disturbance.state());
        var explained = took(disturbance.kind());
        if (!row.lastDisturbed) {
            row.lastDisturbed = true;
            explained = explained.plus(pause(row.disturbed));
            row.disturbed++;
        }
        if (isThrottledLook(disturbance)) {
            explained = explained.plusSeconds(untilTheNextLook(disturbance.what(), Duration.between(begins, now)));
        }
        if (isThrottledTry(disturbance)) {
            throttledTries++;
        }
        if (isThrottledTry(disturbance) && throttledLooks > 0 && delivered != null) {
            var sinceStart = Duration.between(delivered, now).toMillis() / 1000.0;
            explained = explained.plusSeconds(
                    (long) Math.ceil(Math.min(LONGEST_UNTIL_THE_NEXT_TRY, PART_OF_THE_TIME * sinceStart)));
        }
        if (COMPLETING.contains(disturbance.what())) {
            completing = completing.plus(explained);
        } else {
            searching = searching.plus(explained);
        }
    }

    private static boolean isThrottledLook(Disturbance disturbance) {
        return disturbance.kind() == Disturbance.Kind.THROTTLED
                && disturbance.state().equals("FindFreeEip")
                && disturbance.what().startsWith("Describe");
    }

    private static boolean isThrottledTry(Disturbance disturbance) {
        return disturbance.kind() == Disturbance.Kind.THROTTLED
                && disturbance.what().equals("AssociateAddress");
    }

    /** In seconds, at most. */
    private long untilTheNextLook(String call, Duration sinceEvent) {
        throttledLooks++;
        if (call.equals("DescribeAutoScalingGroups")) {
            return Math.max(SPREAD_OF_SECOND_LOOKS, sinceEvent.toSeconds());
        }
        throttledInARow++;
        return BEFORE_A_LOOK + SPREAD.get(Math.min(throttledInARow, SPREAD.size()) - 1);
    }

    private static Duration pause(int disturbed) {
        return disturbed < SOON ? Duration.ofSeconds(1L << disturbed) : LONGEST_PAUSE;
    }

    private static Duration took(Disturbance.Kind kind) {
        return switch (kind) {
            case NO_ANSWER -> Duration.ofSeconds(6);
            case CRASHED -> Duration.ofSeconds(3);
            case TIMED_OUT -> Duration.ofSeconds(31);
            default -> Duration.ofMillis(1500);
        };
    }

    void entered(String state) {
        row(state).attemptsOfVisit = 0;
    }

    /** WaitForEffect is needed once for each time that an attempt was made again and may have had its effect before. */
    void waits(String state) {
        if (unsure && state.equals("WaitForEffect")) {
            searching = searching.plus(UNTIL_ITS_EFFECT_SHOWS);
            unsure = false;
        }
    }

    /** The next attempt of a state begins. */
    void attempt(String state) {
        var row = row(state);
        row.attemptsOfVisit++;
        unsure |= row.attemptsOfVisit > 1 && state.equals("AssociateEip");
        row.lastDisturbed = false;
        leftOut = false;
    }

    private Row row(String state) {
        return rows.computeIfAbsent(state, name -> new Row());
    }

    /**
     * A visit that was throttled ends with that attempt, and another visit begins: nothing has been lost.
     *
     * @param outcome what the function came to, or null
     */
    void succeeded(String state, Object outcome) {
        rows.remove(state);
        if (leftOut && "NotShown".equals(outcome)) {
            searching = searching.plus(UNTIL_IT_MAY_BE_SHOWN);
        }
        if (state.equals("FindFreeEip")) {
            throttledInARow = 0;
        }
    }

    /** The address was taken by somebody else when it was tried, which others' launches and old answers cause. */
    void conflict() {
        searching = searching.plusSeconds(4);
    }

    /** A stranger took its address away. */
    void robbed(Instant when) {
        robbed = when;
    }

    void associated() {
        robbed = null;
    }

    Instant robbed() {
        return robbed;
    }

    /**
     * AssociateEip takes a denial for a refusal of the address, as it may be one: the permission depends on the address's tags. In a
     * storm it costs the turn that the launch waited for.
     */
    private void denied(Disturbance disturbance, Instant now) {
        denied.merge(disturbance.state(), new Denial(now, now, Set.of(disturbance.what())), Denial::until);
        if (disturbance.what().equals("AssociateAddress")) {
            var soFar = Duration.between(begins, now);
            searching = searching.compareTo(soFar) < 0 ? soFar : searching;
            addressRefused(now);
        }
    }

    /**
     * Which calls a state was denied for two minutes, as long as it takes to tell a missing permission from a new one, or until there was no
     * time left for more.
     */
    Set<String> deniedForLong() {
        var late = begins.plus(
                Duration.between(begins, hold.heartbeatEnds()).multipliedBy(3).dividedBy(4));
        return denied.values().stream()
                .filter(denial -> denial.lasted().compareTo(FOR_LONG) >= 0
                        || denial.last().isAfter(late))
                .flatMap(denial -> denial.calls().stream())
                .collect(Collectors.toSet());
    }

    /** Goes on with another address at once; when there is none, after pauses that grow up to 38 seconds. */
    private void addressRefused(Instant now) {
        firstRefused = firstRefused == null ? now : firstRefused;
        addressesRefused++;
        searching = searching.plusSeconds(Math.min(40, 6 + (1L << Math.min(addressesRefused, 6))));
    }

    /** Whether an address was refused two minutes ago or earlier, after which a launch that finds no other may give up. */
    boolean addressesRefusedForLong(Instant now) {
        return firstRefused != null && !now.isBefore(firstRefused.plus(FOR_LONG));
    }

    Set<String> refused() {
        return refused;
    }

    /** What finding, associating and giving back lost by disturbances. */
    Duration searching() {
        return searching;
    }

    /** What completing the action lost by disturbances. */
    Duration completing() {
        return completing;
    }
}
