/** The events, and what they are about: lifecycle actions, pools, addresses and zones. Knows nothing of AWS's clients. */
package eiponlaunch.model;
