/**
 * What every API call of the simulated account goes through: its rate, its time, its faults, and how old what it
 * reads may be.
 */
package eiponlaunch.simulator.world.api;
