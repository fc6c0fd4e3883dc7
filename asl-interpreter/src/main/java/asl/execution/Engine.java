package asl.execution;

import asl.time.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What all executions share. */
record Engine(
        VirtualTime time,
        Supplier<Duration> transitionTime,
        Map<String, TaskIntegration> integrations,
        List<ExecutionListener> listeners,
        List<EvaluationListener> evaluationListeners) {}
