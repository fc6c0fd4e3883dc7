/** The simulated AWS. Each service is a package; api is what all of their calls go through. */
package eiponlaunch.simulator.world;
