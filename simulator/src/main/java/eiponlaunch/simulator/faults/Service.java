package eiponlaunch.simulator.faults;

/** The services that the workflow calls, each with a rate, words and outages of its own. */
public enum Service {
    LAMBDA,
    EC2,
    AUTO_SCALING,
    STEP_FUNCTIONS;

    /**
     * Whose the call is.
     *
     * @throws IllegalArgumentException for one that is not listed here
     */
    public static Service of(String api) {
        return switch (api) {
            case "DescribeAddresses",
                    "DescribeInstances",
                    "DescribeAvailabilityZones",
                    "AssociateAddress",
                    "DisassociateAddress" -> EC2;
            case "DescribeAutoScalingGroups",
                    "DescribeLifecycleHooks",
                    "DescribeScalingActivities",
                    "CompleteLifecycleAction",
                    "RecordLifecycleActionHeartbeat" -> AUTO_SCALING;
            case "StartExecution", "ListExecutions", "StateTransition" -> STEP_FUNCTIONS;
            default -> throw new IllegalArgumentException(api + " is not a call of a known service");
        };
    }
}
