/** Writes the parts of the documents that other files and the simulator determine. */
package eiponlaunch.simulator.documents;
