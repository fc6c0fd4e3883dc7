package eiponlaunch.telemetry;

/** What is measured, under the names that the template's alarms and dashboard use. */
public enum Metric {
    /** Addresses associated with a launching instance. */
    EipAssociated("Count"),
    /** Launches cancelled. */
    LaunchAbandoned("Count"),
    /** Addresses that somebody else took between the look and the association. */
    EipConflicts("Count"),
    /** Associations that AWS refused for a reason that may be the address's own. */
    EipRefused("Count"),
    /** Addresses that a terminating instance gave back early. */
    EipReleased("Count"),
    /** Instances in service that a run of Reconcile found without an address of their pool. */
    EipDrift("Count"),
    /** Launches that a run of Reconcile found waiting for over two minutes, while the pool had an address for them. */
    LaunchesOverdue("Count"),
    /** Free addresses that a launch, or a run of Reconcile, found in the pool. */
    PoolFree("Count"),
    /** All addresses that a launch, or a run of Reconcile, found in the pool. */
    PoolSize("Count"),
    /** From the launch event to the association. */
    SecondsToAssociate("Seconds");

    private final String unit;

    Metric(String unit) {
        this.unit = unit;
    }

    String unit() {
        return unit;
    }
}
