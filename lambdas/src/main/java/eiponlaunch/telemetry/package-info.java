/** What the handlers tell of their decisions: log lines, and the metrics in them. */
package eiponlaunch.telemetry;
