/** Judges the facts: one class for each thing that launches depend on. Asks AWS nothing. */
package eiponlaunch.preflight.check;
