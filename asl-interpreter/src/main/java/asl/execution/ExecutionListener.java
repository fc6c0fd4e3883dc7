package asl.execution;

/** Sees every event of every execution as it happens. */
@FunctionalInterface
public interface ExecutionListener {
    void onEvent(Execution execution, HistoryEvent event);
}
