/** Many small runs that differ in all that a seed can change. */
package eiponlaunch.simulator.soak;
