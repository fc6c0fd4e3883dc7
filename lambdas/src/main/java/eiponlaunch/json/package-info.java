/** Carries the tasks' records to and from JSON. */
package eiponlaunch.json;
