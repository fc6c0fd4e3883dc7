/**
 * What a handler fails with. The state machines name these classes in Retry and Catch, and operators see them, so their names
 * never change.
 */
package eiponlaunch.failure;
