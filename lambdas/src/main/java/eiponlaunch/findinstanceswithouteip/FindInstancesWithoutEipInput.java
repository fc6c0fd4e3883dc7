package eiponlaunch.findinstanceswithouteip;

import eiponlaunch.failure.MalformedEventException;
import eiponlaunch.model.EipPools;
import java.util.List;

/**
 * @param input what the execution was started with, unchecked
 * @param pools the pools that the groups may take from
 * @param hookNames the launch hooks of the stack, separated by commas; one of them may choose its group's pool
 * @param repaired instances that this execution gave an address, which EC2 may not show yet; null for none
 * @param givenUp instances that this execution could not give one, and does not try again; null for none
 */
public record FindInstancesWithoutEipInput(
        Object input, EipPools pools, String hookNames, List<String> repaired, List<String> givenUp) {
    public FindInstancesWithoutEipInput {
        repaired = repaired == null ? List.of() : List.copyOf(repaired);
        givenUp = givenUp == null ? List.of() : List.copyOf(givenUp);
        hookNames = hookNames == null ? "" : hookNames;
        if (pools == null) {
            throw new MalformedEventException("The task's input has no usable pools");
        }
    }
}
