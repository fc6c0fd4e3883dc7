/**
 * The interpreter beside LocalStack and the reference implementation of JSONata, on the same executions and
 * expressions.
 */
package eiponlaunch.emulators.agreement;
