package eiponlaunch;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;

/** The events that tests start from. */
public final class Events {
    public static final String INSTANCE = "i-0123456789abcdef0";
    public static final Instant TIME = Instant.parse("2026-01-31T12:00:00Z");

    private Events() {}

    public static Map<String, Object> launch() {
        return object("""
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
    public static Map<String, Object> terminate() {
        return object("""
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

    @SuppressWarnings("unchecked")
    public static Map<String, Object> detail(Map<String, Object> event) {
        return (Map<String, Object>) event.get("detail");
    }

    public static Object json(String text) {
        try {
            return JSON.std.anyFrom(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A JSON text as an object. */
    @SuppressWarnings("unchecked")
    public static Map<String, Object> object(String text) {
        return (Map<String, Object>) json(text);
    }
}
