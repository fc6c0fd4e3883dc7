package eiponlaunch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eiponlaunch.completelifecycle.CompleteLifecycleHandler;
import eiponlaunch.completelifecycle.CompleteLifecycleInput;
import eiponlaunch.completelifecycle.CompleteLifecycleInput.Result;
import eiponlaunch.disassociateeip.DisassociateEipHandler;
import eiponlaunch.disassociateeip.DisassociateEipInput;
import eiponlaunch.failure.HookNotServedException;
import eiponlaunch.findfreeeip.FindFreeEipHandler;
import eiponlaunch.model.EipPools;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An execution can be started with any event. No function calls AWS for an event of a hook that is not served. */
class HookNotServedTest {
    private static final EipPools POOLS = new EipPools("Application=ForwardProxy", "");

    private final FakeEc2 ec2 = new FakeEc2();
    private final FakeAutoScaling autoScaling = new FakeAutoScaling();

    @Test
    void noAddressIsLookedForForIt() {
        var handler = new FindFreeEipHandler(ec2, autoScaling, Clock.fixed(Events.TIME, ZoneOffset.UTC));
        var input = TaskInputs.findFreeEip(Events.launch(), POOLS, Map.of("hookNames", "another-hook"));

        assertThatThrownBy(() -> handler.handleRequest(input, null)).isInstanceOf(HookNotServedException.class);
        assertThat(ec2.describeAddresses).isEmpty();
    }

    @Test
    void itsActionIsNotCompleted() {
        var handler = new CompleteLifecycleHandler(autoScaling);
        var input = new CompleteLifecycleInput(Events.launch(), Result.ABANDON, null, "another-hook");

        assertThatThrownBy(() -> handler.handleRequest(input, null)).isInstanceOf(HookNotServedException.class);
        assertThat(autoScaling.completions).isEmpty();
    }

    @Test
    void itsInstanceKeepsItsAddress() {
        var handler = new DisassociateEipHandler(ec2, autoScaling);
        var input = new DisassociateEipInput(Events.terminate(), POOLS, "another-hook");

        assertThatThrownBy(() -> handler.handleRequest(input, null)).isInstanceOf(HookNotServedException.class);
        assertThat(ec2.describeAddresses).isEmpty();
    }
}
