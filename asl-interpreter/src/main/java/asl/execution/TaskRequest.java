package asl.execution;

/** One attempt at a Task: its evaluated Arguments, and how many retries came before it in this visit of the state. */
public record TaskRequest(Execution execution, String stateName, int attempt, Object arguments) {}
