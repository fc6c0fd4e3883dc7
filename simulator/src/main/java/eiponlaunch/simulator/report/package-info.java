/** What a run looked like, as one HTML page that needs nothing but a browser. */
package eiponlaunch.simulator.report;
