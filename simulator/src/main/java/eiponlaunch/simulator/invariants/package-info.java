/**
 * The rules that every run must obey. They keep their own account of what happened and do not trust the code that they
 * judge.
 */
package eiponlaunch.simulator.invariants;
