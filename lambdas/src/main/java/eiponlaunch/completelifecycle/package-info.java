/** Ends a lifecycle action, by CONTINUE or ABANDON. */
package eiponlaunch.completelifecycle;
