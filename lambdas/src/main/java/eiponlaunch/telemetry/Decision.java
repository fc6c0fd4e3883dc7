package eiponlaunch.telemetry;

import eiponlaunch.model.ElasticIp;
import eiponlaunch.model.LifecycleAction;
import java.util.Map;

/**
 * What a task decided about one launch or termination.
 *
 * @param name the task's outcome
 * @param action its lifecycle action, or null when it is not known
 * @param pool the name of the pool that it is about, or null when it is not known
 * @param eip the address, or null when there is none
 * @param code the error code of AWS's answer that led to it, or null when none did
 * @param zone the name of the instance's zone, or null when it is not known
 * @param metrics what the decision counts for
 */
public record Decision(
        String name,
        LifecycleAction action,
        String pool,
        ElasticIp eip,
        String code,
        String zone,
        Map<Metric, Number> metrics) {
    public Decision {
        metrics = Map.copyOf(metrics);
    }

    /** About an instance whose zone is not known. */
    public Decision(
            String name, LifecycleAction action, String pool, ElasticIp eip, String code, Map<Metric, Number> metrics) {
        this(name, action, pool, eip, code, null, metrics);
    }

    /** One that no error code led to. */
    public Decision(String name, LifecycleAction action, String pool, ElasticIp eip, Map<Metric, Number> metrics) {
        this(name, action, pool, eip, null, metrics);
    }
}
