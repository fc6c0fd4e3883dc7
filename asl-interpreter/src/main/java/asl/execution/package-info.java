/**
 * Step Functions in virtual time: executions with their history, retries, catchers, quotas and JSONata. A
 * TaskIntegration does the work of a task.
 */
package asl.execution;
