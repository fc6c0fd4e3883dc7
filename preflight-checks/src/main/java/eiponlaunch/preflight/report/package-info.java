/** Prints what the checks found, for a reader or as JSON. */
package eiponlaunch.preflight.report;
