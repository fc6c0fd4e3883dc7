package eiponlaunch.simulator.workflow;

import eiponlaunch.simulator.faults.CallFault;
import eiponlaunch.simulator.faults.Faults;
import eiponlaunch.simulator.faults.InvocationFault;
import eiponlaunch.simulator.faults.Outage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Faults as a test tells them: for the next calls of an API or a function, or for all of them. */
final class ScriptedFaults implements Faults {
    private final Map<String, Deque<CallFault>> nextCalls = new HashMap<>();
    private final Map<String, CallFault> everyCall = new HashMap<>();
    private final Map<String, Predicate<Instant>> when = new HashMap<>();
    private final Map<String, Deque<InvocationFault>> nextInvocations = new HashMap<>();
    private final Map<String, InvocationFault> everyInvocation = new HashMap<>();
    private final List<Outage> outages = new ArrayList<>();
    private final Deque<Duration> nextReads = new ArrayDeque<>();
    private Duration staleness = Duration.ZERO;
    private boolean refusesOwnPair;
    private boolean refusesPastAssociation;
    private boolean deniesWhatIsGone;
    private Optional<String> disruptedZone = Optional.empty();
    private boolean disruptedZoneIsSilent;
    private Duration unknownFor = Duration.ZERO;
    private Duration lateness = Duration.ofSeconds(60);

    ScriptedFaults next(String api, CallFault fault) {
        nextCalls.computeIfAbsent(api, name -> new ArrayDeque<>()).add(fault);
        return this;
    }

    ScriptedFaults every(String api, CallFault fault) {
        return every(api, fault, now -> true);
    }

    ScriptedFaults every(String api, CallFault fault, Predicate<Instant> during) {
        everyCall.put(api, fault);
        when.put(api, during);
        return this;
    }

    ScriptedFaults nextInvocation(String function, InvocationFault fault) {
        nextInvocations.computeIfAbsent(function, name -> new ArrayDeque<>()).add(fault);
        return this;
    }

    ScriptedFaults everyInvocation(String function, InvocationFault fault) {
        everyInvocation.put(function, fault);
        return this;
    }

    ScriptedFaults outage(Outage outage) {
        outages.add(outage);
        return this;
    }

    ScriptedFaults staleReads(Duration age) {
        staleness = age;
        return this;
    }

    /** The next Describe calls read what was true so long ago. */
    ScriptedFaults nextReads(Duration... ages) {
        nextReads.addAll(List.of(ages));
        return this;
    }

    /** EC2 shows the address free and refuses to associate it. */
    ScriptedFaults address(String allocationId, CallFault fault) {
        return address(allocationId, fault, now -> true);
    }

    ScriptedFaults address(String allocationId, CallFault fault, Predicate<Instant> during) {
        everyCall.put(allocationId, fault);
        when.put(allocationId, during);
        return this;
    }

    ScriptedFaults ownPairRefused() {
        refusesOwnPair = true;
        return this;
    }

    ScriptedFaults pastAssociationRefused(boolean refused) {
        refusesPastAssociation = refused;
        return this;
    }

    ScriptedFaults goneDenied() {
        deniesWhatIsGone = true;
        return this;
    }

    @Override
    public boolean deniesWhatIsGone() {
        return deniesWhatIsGone;
    }

    @Override
    public boolean refusesPastAssociation() {
        return refusesPastAssociation;
    }

    ScriptedFaults zoneDisrupted(String zone) {
        disruptedZone = Optional.of(zone);
        return this;
    }

    ScriptedFaults zoneSilent(String zone) {
        disruptedZoneIsSilent = true;
        return zoneDisrupted(zone);
    }

    @Override
    public boolean disruptedZoneIsSilent() {
        return disruptedZoneIsSilent;
    }

    @Override
    public Optional<String> disruptedZone() {
        return disruptedZone;
    }

    @Override
    public boolean refusesOwnPair() {
        return refusesOwnPair;
    }

    @Override
    public CallFault onAddress(String allocationId, Instant now) {
        return everyCall.containsKey(allocationId) && when.get(allocationId).test(now)
                ? everyCall.get(allocationId)
                : CallFault.NONE;
    }

    ScriptedFaults unknownFor(Duration afterLaunch) {
        unknownFor = afterLaunch;
        return this;
    }

    @Override
    public Duration unknownFor(String instanceId) {
        return unknownFor;
    }

    /** For invocations that are late or run twice. */
    ScriptedFaults lateBy(Duration time) {
        lateness = time;
        return this;
    }

    @Override
    public Duration onLateInvocation() {
        return lateness;
    }

    @Override
    public Duration onRead() {
        var next = nextReads.poll();
        return next == null ? staleness : next;
    }

    @Override
    public CallFault onCall(String api, Instant now) {
        var next = nextCalls.getOrDefault(api, new ArrayDeque<>()).poll();
        if (next != null) {
            return next;
        }
        if (everyCall.containsKey(api) && when.get(api).test(now)) {
            return everyCall.get(api);
        }
        return outages.stream()
                .map(outage -> outage.onCall(api, now))
                .filter(fault -> fault != CallFault.NONE)
                .findFirst()
                .orElse(CallFault.NONE);
    }

    @Override
    public InvocationFault onInvocation(String function, Instant now) {
        var next = nextInvocations.getOrDefault(function, new ArrayDeque<>()).poll();
        if (next != null) {
            return next;
        }
        return outages.stream()
                .map(outage -> outage.onInvocation(now))
                .filter(fault -> fault != InvocationFault.NONE)
                .findFirst()
                .orElse(everyInvocation.getOrDefault(function, InvocationFault.NONE));
    }
}
