/** Writes the generated parts of the documents. */
package eiponlaunch.simulator.documents;
