/** Auto Scaling: the instances that lifecycle hooks hold, and the client through which functions see them. */
package eiponlaunch.simulator.world.autoscaling;
