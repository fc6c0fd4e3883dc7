/** Lambda: runs the shipped handlers in simulated execution environments. */
package eiponlaunch.simulator.world.lambda;
