/** What may go wrong in a run, and when, by the seed. It does not know what it disturbs. */
package eiponlaunch.simulator.faults;
