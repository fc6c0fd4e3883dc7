/**
 * Step Functions in virtual time: executions with their history, retries, catchers, quotas and JSONata. What stands
 * behind a task comes in as a TaskIntegration.
 */
package asl.execution;
