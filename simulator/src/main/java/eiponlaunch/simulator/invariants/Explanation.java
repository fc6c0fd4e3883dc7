package eiponlaunch.simulator.invariants;

import asl.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;

/** How long an action may take, considering all that went wrong for it. */
final class Explanation {
    /** What an action takes at most when nothing goes wrong: the event's way, cold starts, calls and transitions. */
    static final Duration UNDISTURBED = Duration.ofSeconds(12);

    /** The event's usual way. */
    private static final Duration DELIVERY = Duration.ofSeconds(3);

    /** A pending instance is tried again this much after it is ready, at the latest. */
    private static final Duration NOT_READY = Duration.ofSeconds(7);

    /** What trying too early costs. */
    private static final double WASTE = 1.5;

    /** Where EC2 denied AssociateAddress meanwhile, all who lost their turn come again at once. */
    private static final double WASTE_AFTER_DENIALS = 3;

    /** A turn that was throttled comes again after a time that was measured, and these, as EipFound says: it may be wrong. */
    static final Duration UNTIL_ITS_TURN_COMES_AGAIN = Duration.ofSeconds(10);

    private final VirtualTime time;
    private final Promises promises;
    private final AddressBook book;
    private final Circumstances circumstances;

    Explanation(VirtualTime time, Promises promises, AddressBook book, Circumstances circumstances) {
        this.time = time;
        this.promises = promises;
        this.book = book;
        this.circumstances = circumstances;
    }

    /** How long it took until now. */
    Duration took(ActionAccount account) {
        return Duration.between(account.begins(), time.now());
    }

    Duration explained(ActionAccount account) {
        return UNDISTURBED
                .plus(lateness(account))
                .plus(account.searching())
                .plus(account.completing())
                .plus(scarce(account))
                .plus(notReady(account))
                .plus(turn(account))
                .plus(stale());
    }

    boolean isExplainedUntil(Instant end, ActionAccount account) {
        return !account.begins().plus(explained(account)).plus(UNDISTURBED).isBefore(end);
    }

    private Duration lateness(ActionAccount account) {
        if (account.delivered() == null) {
            return took(account);
        }
        var late = Duration.between(account.begins(), account.delivered()).minus(DELIVERY);
        return late.isNegative() ? Duration.ZERO : late;
    }

    /** For how long there were too few addresses, as far as its looks may have shown. */
    Duration scarce(ActionAccount account) {
        var looks = promises.looksAgain().multipliedBy(5).dividedBy(4).plus(UNDISTURBED.dividedBy(2));
        var shown = account.begins().minus(promises.staleness());
        return account.need()
                .map(need -> book.supply(need).scarce(shown, time.now(), looks))
                .orElse(Duration.ZERO);
    }

    private Duration notReady(ActionAccount account) {
        var running = circumstances.runningSince(account.hold().instanceId());
        return running == null || !running.isAfter(account.begins())
                ? Duration.ZERO
                : Duration.between(account.begins(), running).plus(NOT_READY);
    }

    /** A look at what was true a second ago is in what every launch takes anyway; an older one may have to be repeated. */
    private Duration stale() {
        return olderLook().multipliedBy(2);
    }

    /** How much older a look may be than that. */
    Duration olderLook() {
        var beyond = promises.staleness().minusSeconds(1);
        return beyond.isNegative() ? Duration.ZERO : beyond;
    }

    /** In a storm the rate of EC2's API decides. */
    private Duration turn(ActionAccount account) {
        var perSecond = promises.associations().perSecond();
        var waste = circumstances.associationsWereDenied() ? WASTE_AFTER_DENIALS : WASTE;
        return seconds(waste * beyondTheBurst(account) / perSecond)
                .plus(untilItsTurnComesAgain(account, perSecond).multipliedBy(account.throttledTries()));
    }

    /** A throttled try comes after those who are still ahead, within a burst as well: others call, too. */
    private Duration untilItsTurnComesAgain(ActionAccount account, double perSecond) {
        return seconds(
                Math.min(UNTIL_ITS_TURN_COMES_AGAIN.toSeconds(), account.rivals(circumstances.started()) / perSecond));
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis((long) (1000 * seconds));
    }

    /** How many of the associations during this one EC2 does not grant at once: of its rivals, and those that came to nothing. */
    double beyondTheBurst(ActionAccount account) {
        return Math.max(
                0,
                account.rivals(circumstances.started())
                        + account.inVain(circumstances.inVain())
                        - promises.associations().tokens());
    }
}
