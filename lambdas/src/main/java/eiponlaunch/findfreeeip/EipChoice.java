package eiponlaunch.findfreeeip;

import eiponlaunch.model.ElasticIp;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which of the free addresses an instance tries: that of its place in the queue, so that no two instances try the same one.
 *
 * <p>An execution passes over what it tried in vain: DescribeAddresses shows an address free that AssociateAddress refuses,
 * and the same place would lead back to it for ever. Others know nothing of that and choose by their places among all free
 * addresses. So who was refused chooses behind the addresses of all that wait: counted from the first, its next address would
 * be that of the launch behind it.
 *
 * @param free the free addresses that the instance can use, ordered by allocation ID
 * @param triedInVain allocation IDs, oldest first
 */
record EipChoice(List<ElasticIp> free, List<String> triedInVain) {
    EipChoice {
        free = List.copyOf(free);
        triedInVain = List.copyOf(triedInVain);
    }

    /**
     * Nothing when all free addresses are those of others. What was tried in vain only where there is no other, the oldest
     * first.
     *
     * @param place the instance's place in the queue
     * @param waiting how many instances wait for an address
     */
    Optional<ElasticIp> at(int place, int waiting) {
        if (stillFree().isEmpty()) {
            return place < free.size() ? Optional.of(free.get(place)) : Optional.empty();
        }
        var untried = new ArrayList<>(free);
        untried.removeIf(eip -> triedInVain.contains(eip.allocationId()));
        if (untried.isEmpty()) {
            return Optional.of(
                    Collections.min(free, Comparator.comparing(eip -> triedInVain.indexOf(eip.allocationId()))));
        }
        var spare = new ArrayList<>(free.subList(Math.min(waiting, free.size()), free.size()));
        spare.retainAll(untried);
        var candidates = spare.isEmpty() ? untried : spare;
        return Optional.of(candidates.get(place % candidates.size()));
    }

    /** Where the queue is not known: one that the instance's ID chooses. */
    Optional<ElasticIp> by(String instanceId) {
        return free.isEmpty() ? Optional.empty() : at(Math.floorMod(instanceId.hashCode(), free.size()), 0);
    }

    /** Which of them are free all the same. What is not is no riddle any more: somebody else had taken it. */
    List<String> stillFree() {
        if (triedInVain.isEmpty()) {
            return List.of();
        }
        var ids = free.stream().map(ElasticIp::allocationId).toList();
        return triedInVain.stream().filter(ids::contains).toList();
    }
}
