/** Finds the instances in service that have no address of their pool, for Reconcile. */
package eiponlaunch.findinstanceswithouteip;
