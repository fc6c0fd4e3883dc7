package eiponlaunch.findfreeeip;

import static java.util.Objects.requireNonNull;

import eiponlaunch.model.ElasticIp;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * Passes over what an execution tried in vain. DescribeAddresses shows an address free that AssociateAddress refuses, and
 * the same place in the queue would lead back to it for ever.
 *
 * <p>Others know nothing of that and choose by their places among all free addresses. So who was refused chooses behind
 * the addresses of all that wait: counted from the first, its next address would be that of the launch behind it.
 */
final class UntriedFirst {
    private final EipChoice choice;
    private final List<String> triedInVain;

    /** @param triedInVain allocation IDs, oldest first */
    UntriedFirst(EipChoice choice, List<String> triedInVain) {
        this.choice = requireNonNull(choice, "choice is null");
        this.triedInVain = List.copyOf(triedInVain);
    }

    /**
     * What {@link EipChoice} says, with an address that was tried in vain only where there is no other; the oldest first.
     *
     * @param waiting how many instances wait for an address
     */
    ElasticIp choose(String instanceId, int place, int waiting, List<ElasticIp> free) {
        if (stillFree(free).isEmpty()) {
            return choice.choose(instanceId, place, free);
        }
        var untried = new ArrayList<>(free);
        untried.removeIf(eip -> triedInVain.contains(eip.allocationId()));
        if (untried.isEmpty()) {
            return Collections.min(free, Comparator.comparing(eip -> triedInVain.indexOf(eip.allocationId())));
        }
        var spare = new ArrayList<>(free.subList(Math.min(waiting, free.size()), free.size()));
        spare.retainAll(untried);
        return choice.choose(instanceId, place, spare.isEmpty() ? untried : spare);
    }

    /** Which of them are free all the same. What is not is no riddle any more: somebody else had taken it. */
    List<String> stillFree(List<ElasticIp> free) {
        var ids = free.stream().map(ElasticIp::allocationId).toList();
        return triedInVain.stream().filter(ids::contains).toList();
    }
}
