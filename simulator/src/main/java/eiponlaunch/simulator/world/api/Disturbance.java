package eiponlaunch.simulator.world.api;

import asl.execution.Execution;
import eiponlaunch.simulator.faults.CallFault;
import java.util.Set;

/**
 * A failure on AWS's side during an attempt at a task, not caused by the workflow. It may explain what became of the launch.
 *
 * @param execution whose attempt it was
 * @param state the task's state
 * @param what the API or the function that failed, such as AssociateAddress or AssociateEip
 */
public record Disturbance(Execution execution, String state, String what, Kind kind) {
    /** What its caller got. */
    public enum Kind {
        /** A rate or a concurrency was used up, by this account or by others. */
        THROTTLED,
        /** An error of the service. */
        FAILED,
        /** No answer, whether the call took effect or not. */
        NO_ANSWER,
        /** The execution environment died. */
        CRASHED,
        /** The function took longer than its timeout. */
        TIMED_OUT,
        /** The role lacks the permission. */
        DENIED,
        /** Any other refusal, which does not pass by itself. */
        REFUSED,
        /** A refusal of one address, which others need not share. */
        ADDRESS_REFUSED,
        /** A refusal of an instance that is too new to be known. */
        INSTANCE_UNKNOWN,
        /** An answer that left the task's own instance out, as it is too new to be known there. The look may go on without. */
        INSTANCE_LEFT_OUT,
        /** Nothing failed, but Lambda runs the function once more, and so soon that it does not refuse to work. */
        RUN_AGAIN;

        private static final Set<String> THROTTLING =
                Set.of("RequestLimitExceeded", "RateExceeded", "Throttling", "ThrottlingException");

        /** What a refused or lost call is to its caller. */
        public static Kind of(CallFault fault) {
            if (fault.kind() != CallFault.Kind.REFUSED) {
                return NO_ANSWER;
            }
            if (THROTTLING.contains(fault.code())) {
                return THROTTLED;
            }
            if (fault.status() == 401 || fault.status() == 403) {
                return DENIED;
            }
            return fault.status() >= 500 ? FAILED : REFUSED;
        }
    }
}
