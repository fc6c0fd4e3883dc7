package eiponlaunch.simulator.world;

import eiponlaunch.simulator.world.autoscaling.LifecycleListener;
import eiponlaunch.simulator.world.ec2.Ec2Listener;

/** Is told of everything that changes in the simulated AWS, at the instant at which it does. */
public interface WorldListener extends Ec2Listener, LifecycleListener {}
