package eiponlaunch.simulator.invariants;

import static eiponlaunch.simulator.invariants.Explanation.UNDISTURBED;

import asl.time.VirtualTime;
import java.time.Duration;

/** Finds the reason why a launch or termination did not continue. */
final class Blame {
    private final VirtualTime time;
    private final Promises promises;
    private final AddressBook book;
    private final Circumstances circumstances;
    private final Explanation explanation;

    Blame(VirtualTime time, Promises promises, AddressBook book, Circumstances circumstances, Explanation explanation) {
        this.time = time;
        this.promises = promises;
        this.book = book;
        this.circumstances = circumstances;
        this.explanation = explanation;
    }

    /** Why ABANDON was sent, now. */
    Cause whyAbandoned(ActionAccount account) {
        var instanceId = account.hold().instanceId();
        if (account.need().filter(need -> need != Need.OF_NOTHING).isEmpty()) {
            return Cause.EVENT_MALFORMED;
        }
        if (circumstances.terminates(instanceId)) {
            return Cause.INSTANCE_TERMINATED;
        }
        if (!circumstances.hasInternetGateway()) {
            return Cause.NO_INTERNET_GATEWAY;
        }
        if (!account.deniedForLong().isEmpty()) {
            return Cause.PERMISSION_MISSING;
        }
        if (!account.refused().isEmpty() || account.addressesRefusedForLong(time.now())) {
            return Cause.CALL_REFUSED;
        }
        if (!account.delivered()
                .isBefore(account.begins().plus(promises.deadline()).minus(UNDISTURBED))) {
            return Cause.EVENT_TOO_LATE;
        }
        if (explanation.beyondTheBurst(account)
                > promises.associations().perSecond() * promises.deadline().toSeconds() * 0.9) {
            return Cause.TOO_MANY_LAUNCHES;
        }
        if (explanation.explained(account).plus(UNDISTURBED).compareTo(promises.deadline()) < 0
                || explanation.took(account).plus(beforeTheDeadline(account)).compareTo(promises.deadline()) < 0) {
            return Cause.UNEXPLAINED;
        }
        return explanation.scarce(account).compareTo(account.searching()) > 0
                ? Cause.NO_FREE_ADDRESS
                : Cause.AWS_FAILED_TOO_LONG;
    }

    /** Who is throttled so late that no other turn may come gives up at once, as the error TooManyLaunches says. */
    private static Duration beforeTheDeadline(ActionAccount account) {
        return account.throttledTries() == 0 ? UNDISTURBED : UNDISTURBED.plus(Explanation.UNTIL_ITS_TURN_COMES_AGAIN);
    }

    /** Why nothing was sent until now, when its heartbeat ends. */
    Cause whyLost(ActionAccount account) {
        if (time.now().isBefore(account.heartbeatEnds())) {
            return Cause.HEARTBEAT_CUT_SHORT;
        }
        if (account.need().isEmpty()) {
            return Cause.EVENT_MALFORMED;
        }
        if (hasOtherEip(account)) {
            return Cause.OTHER_EIP;
        }
        if (account.deniedForLong().contains("CompleteLifecycleAction")) {
            return Cause.PERMISSION_MISSING;
        }
        if (account.refused().contains("CompleteLifecycleAction")) {
            return Cause.CALL_REFUSED;
        }
        var late = account.heartbeatEnds()
                .minus(UNDISTURBED)
                .minus(account.completing())
                .minus(account.searching());
        if (account.delivered() == null || !account.delivered().isBefore(late)) {
            return Cause.EVENT_TOO_LATE;
        }
        return account.completing().isZero() || !explanation.isExplainedUntil(account.heartbeatEnds(), account)
                ? Cause.UNEXPLAINED
                : Cause.AWS_FAILED_TOO_LONG;
    }

    /** Then the launch is somebody else's to complete. */
    boolean hasOtherEip(ActionAccount account) {
        var held = book.addressOf(account.hold().instanceId());
        return !account.hold().terminating()
                && held != null
                && account.need().filter(need -> !book.meets(held, need)).isPresent();
    }
}
