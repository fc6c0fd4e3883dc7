package asl.execution;

/**
 * What stands behind the Resource of a Task. It reports each attempt once, at once or at a later virtual time; what it
 * throws is a fault of the simulation, not of the task.
 */
@FunctionalInterface
public interface TaskIntegration {
    void start(TaskRequest request, TaskCompletion completion);
}
