/**
 * The loop in one Lambda function that the workflow replaces, and what runs and prints the two side by side. No other
 * package uses it.
 */
package eiponlaunch.simulator.comparison;
