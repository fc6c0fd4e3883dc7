/** Asks AWS, by calls that only read, and makes facts of the answers. */
package eiponlaunch.preflight.read;
