/** The tasks with which Step Functions calls AWS by itself. */
package eiponlaunch.simulator.world.stepfunctions;
