package eiponlaunch.simulator.faults;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * A time in which one service does nothing and answers with errors. Executions that run go on when it is Step Functions.
 *
 * @param from its first instant
 * @param until the first instant at which the service works again
 */
public record Outage(Service service, Instant from, Instant until) {
    public Outage {
        requireNonNull(service, "service is null");
        requireNonNull(from, "from is null");
        requireNonNull(until, "until is null");
    }

    /** What a call to the API meets now. */
    public CallFault onCall(String api, Instant now) {
        return service == Service.of(api) && isOn(now)
                ? CallFault.refused("ServiceUnavailable", 503, "The service is unavailable.")
                : CallFault.NONE;
    }

    /** What an invocation meets now. */
    public InvocationFault onInvocation(Instant now) {
        return service == Service.LAMBDA && isOn(now) ? InvocationFault.SERVICE_ERROR : InvocationFault.NONE;
    }

    private boolean isOn(Instant now) {
        return !now.isBefore(from) && now.isBefore(until);
    }
}
