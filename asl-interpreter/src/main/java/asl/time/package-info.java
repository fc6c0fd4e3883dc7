/** The clock and the chance of a run. Both are in the hands of whoever starts it, so that a run can be repeated. */
package asl.time;
