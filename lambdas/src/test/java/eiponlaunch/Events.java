package eiponlaunch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;

/** The events that tests start from. */
public final class Events {
    public static final String INSTANCE = "i-0123456789abcdef0";
    public static final Instant TIME = Instant.parse("2026-01-31T12:00:00Z");

    private Events() {}

    public static ObjectNode launch() {
        return (ObjectNode) json("""
                {
                  "detail-type": "EC2 Instance-launch Lifecycle Action",
                  "source": "aws.autoscaling",
                  "time": "2026-01-31T12:00:00Z",
                  "detail": {
                    "LifecycleActionToken": "87654321-4321-4321-4321-210987654321",
                    "AutoScalingGroupName": "forward-proxy",
                    "LifecycleHookName": "associate-eip",
                    "EC2InstanceId": "i-0123456789abcdef0",
                    "LifecycleTransition": "autoscaling:EC2_INSTANCE_LAUNCHING",
                    "Origin": "EC2",
                    "Destination": "AutoScalingGroup"
                  }
                }
                """);
    }

    /** The event of that instance's termination. */
    public static ObjectNode terminate() {
        return (ObjectNode) json("""
                {
                  "detail-type": "EC2 Instance-terminate Lifecycle Action",
                  "source": "aws.autoscaling",
                  "time": "2026-01-31T12:00:00Z",
                  "detail": {
                    "LifecycleActionToken": "12345678-1234-1234-1234-123456789012",
                    "AutoScalingGroupName": "forward-proxy",
                    "LifecycleHookName": "disassociate-eip",
                    "EC2InstanceId": "i-0123456789abcdef0",
                    "LifecycleTransition": "autoscaling:EC2_INSTANCE_TERMINATING",
                    "Origin": "AutoScalingGroup",
                    "Destination": "EC2"
                  }
                }
                """);
    }

    public static ObjectNode detail(JsonNode event) {
        return (ObjectNode) event.get("detail");
    }

    public static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
