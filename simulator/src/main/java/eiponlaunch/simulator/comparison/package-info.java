/**
 * The loop in one Lambda function that the workflow replaces, and what runs and prints the two side by side. Nothing
 * else knows of it.
 */
package eiponlaunch.simulator.comparison;
