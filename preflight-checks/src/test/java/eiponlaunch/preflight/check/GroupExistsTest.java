package eiponlaunch.preflight.check;

import static eiponlaunch.preflight.check.FindingAssert.assertFinding;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class GroupExistsTest {
    private final Sample sample = new Sample();

    @Test
    void aGroupThatLaunchesNothingFailsWithTheReasonAndTheCommandThatResumesIt() {
        sample.suspended = Map.of("Launch", "Administratively suspended", "AZRebalance", "User suspended");

        assertFinding(sample.judgedBy(new GroupExists()))
                .failed("forward-proxy: the process Launch is suspended, so it launches nothing:"
                        + " Administratively suspended")
                .andAdvises("solve what kept it from launching, and resume it\n"
                        + "aws autoscaling resume-processes --auto-scaling-group-name forward-proxy"
                        + " --scaling-processes Launch");
    }

    /** The runbook suspends both; somebody else may have suspended ReplaceUnhealthy alone, on purpose. */
    @Test
    void onlyLaunchIsResumedByTheCommandAndWhatTheRunbookSuspendsTogetherIsNamed() {
        sample.suspended = Map.of("Launch", "", "ReplaceUnhealthy", "");

        assertFinding(sample.judgedBy(new GroupExists()))
                .failed("so it launches nothing")
                .andAdvises(
                        "solve what kept it from launching, and resume it; and ReplaceUnhealthy, if you suspended it"
                                + " together with Launch\n"
                                + "aws autoscaling resume-processes --auto-scaling-group-name forward-proxy"
                                + " --scaling-processes Launch");
        assertThat(sample.judgedBy(new GroupExists()).fix().command()).endsWith(" Launch");
    }

    @Test
    void otherProcessesMayBeSuspended() {
        sample.suspended = Map.of("AZRebalance", "User suspended");

        assertFinding(sample.judgedBy(new GroupExists())).isOk();
    }
}
