/** The command ./simulate: its options, and what it prints. */
package eiponlaunch.simulator.cli;
