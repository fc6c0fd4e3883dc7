package eiponlaunch.associateeip;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;

/**
 * What an execution has tried in vain, and when it has tried enough: two minutes after the first refusal, once every
 * free address was refused. EC2 may refuse one address, because it is too new or managed by a service. Or it may refuse
 * all, because the role lacks a permission. Its answer does not tell which.
 *
 * @param triedInVain allocation IDs, oldest first
 * @param since when EC2 first refused, or null when it did not yet
 */
record Refusals(List<String> triedInVain, Instant since) {
    static final Duration LASTING = Duration.ofMinutes(2);

    /** What the execution carries from state to state, which has an upper limit. */
    static final int REMEMBERED = 100;

    /** After so many addresses all count as tried: a pool may have more than can be tried in two minutes. */
    static final int AS_GOOD_AS_ALL = 50;

    Refusals {
        triedInVain = triedInVain == null ? List.of() : List.copyOf(triedInVain);
    }

    /** After another try of this address, which somebody else had taken or released. */
    Refusals tried(String allocationId) {
        var all = Stream.concat(
                        triedInVain.stream().filter(tried -> !tried.equals(allocationId)), Stream.of(allocationId))
                .toList();
        return new Refusals(all.subList(Math.max(0, all.size() - REMEMBERED), all.size()), since);
    }

    /** After another try of this address, which EC2 refused. */
    Refusals refused(String allocationId, Instant now) {
        var first = since == null ? now.truncatedTo(ChronoUnit.SECONDS) : since; // as JSONata reads times
        return new Refusals(tried(allocationId).triedInVain(), first);
    }

    /** Whether a refusal of this address is the last: it was tried before because no other is left. */
    boolean areEnough(String allocationId, Instant now) {
        return since != null
                && !now.isBefore(since.plus(LASTING))
                && (triedInVain.contains(allocationId) || triedInVain.size() >= AS_GOOD_AS_ALL);
    }
}
