/**
 * The rules that every run is judged by. They watch, keep their own account of what happened, and believe nothing
 * that they judge.
 */
package eiponlaunch.simulator.invariants;
