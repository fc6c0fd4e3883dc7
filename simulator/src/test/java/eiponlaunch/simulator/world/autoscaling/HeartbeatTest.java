package eiponlaunch.simulator.world.autoscaling;

import static org.assertj.core.api.Assertions.assertThat;

import asl.time.VirtualTime;
import eiponlaunch.simulator.world.WorldListeners;
import eiponlaunch.simulator.world.ec2.Ec2World;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.autoscaling.model.RecordLifecycleActionHeartbeatRequest;

/** How long a hook with a heartbeat of 300 seconds holds an instance that nobody completes. */
class HeartbeatTest {
    private static final Instant BEGIN = Instant.parse("2026-01-31T12:00:00Z");
    private static final String INSTANCE = "i-00000000000000001";
    private static final String GROUP = "g";

    private final VirtualTime time = new VirtualTime(BEGIN);
    private final LifecycleHooks hooks =
            new LifecycleHooks(time, new Ec2World(time, Duration.ZERO, new WorldListeners()), new LifecycleListener() {
                @Override
                public void actionExpired(LifecycleHold hold) {
                    ended = time.now();
                }
            });
    private Instant ended;

    @BeforeEach
    void aHookHoldsAnInstance() {
        hooks.hold(new LifecycleHold(GROUP, "h", "t", INSTANCE, BEGIN.plusSeconds(300), false, true, true));
    }

    @Test
    void withoutARecordItEndsWithTheHeartbeat() {
        time.runUntilIdle();

        assertThat(ended).isEqualTo(BEGIN.plusSeconds(300));
    }

    @Test
    void eachRecordGivesItItsFullLengthAgain() {
        record(100, 240);
        time.runUntilIdle();

        assertThat(ended).isEqualTo(BEGIN.plusSeconds(540));
    }

    @Test
    void itEndsAfterAHundredHeartbeats() {
        record(LongStream.range(1, 1000).map(each -> each * 299).toArray());
        time.runUntilIdle();

        assertThat(ended).isEqualTo(BEGIN.plusSeconds(100 * 300));
    }

    @Test
    void aLongOneEndsAfterTwoDays() {
        hooks.hold(new LifecycleHold(GROUP, "long", "u", INSTANCE, BEGIN.plusSeconds(7200), false, true, true));
        for (var hour = 1; hour < 100; hour++) {
            recordAt("long", 3600L * hour);
        }
        time.runUntilIdle();

        assertThat(ended).isEqualTo(BEGIN.plus(Duration.ofHours(48)));
    }

    private void record(long... seconds) {
        for (var second : seconds) {
            recordAt("h", second);
        }
    }

    private void recordAt(String hook, long second) {
        time.at(
                BEGIN.plusSeconds(second),
                () -> hooks.recordHeartbeat(RecordLifecycleActionHeartbeatRequest.builder()
                        .autoScalingGroupName(GROUP)
                        .lifecycleHookName(hook)
                        .instanceId(INSTANCE)
                        .build()));
    }
}
