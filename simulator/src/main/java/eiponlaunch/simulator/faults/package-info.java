/** What may go wrong in a run, and the plans that a seed makes of it. Knows nothing of what it disturbs. */
package eiponlaunch.simulator.faults;
