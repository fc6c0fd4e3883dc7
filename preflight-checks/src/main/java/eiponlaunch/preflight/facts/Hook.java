package eiponlaunch.preflight.facts;

import java.util.Optional;

/**
 * A lifecycle hook of the group.
 *
 * @param name its name
 * @param transition {@code autoscaling:EC2_INSTANCE_LAUNCHING} or {@code …_TERMINATING}
 * @param defaultResult what becomes of the instance when the heartbeat ends, {@code ABANDON} or {@code CONTINUE}
 * @param heartbeatSeconds how long the hook holds an instance
 * @param metadata its NotificationMetadata, if it has any
 */
public record Hook(
        String name, String transition, String defaultResult, int heartbeatSeconds, Optional<String> metadata) {}
