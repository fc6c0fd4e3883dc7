/** EC2: the addresses and instances of an account, and the client through which functions see them. */
package eiponlaunch.simulator.world.ec2;
