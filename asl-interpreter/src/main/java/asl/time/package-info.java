/** The clock and the source of chance of a run. The caller controls both, so a run can be repeated. */
package asl.time;
