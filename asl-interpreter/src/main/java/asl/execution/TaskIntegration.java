package asl.execution;

/**
 * Does the work of a Task's Resource. It reports each attempt once, immediately or at a later virtual time. What it
 * throws is a defect of the simulation, not a failure of the task.
 */
@FunctionalInterface
public interface TaskIntegration {
    void start(TaskRequest request, TaskCompletion completion);
}
