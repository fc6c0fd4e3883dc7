/** Gives a terminating instance's address back to the pool early. */
package eiponlaunch.disassociateeip;
