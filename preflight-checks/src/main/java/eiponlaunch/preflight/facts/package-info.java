/** What was found in the account, as the checks need it. Knows nothing of AWS clients, checks and reports. */
package eiponlaunch.preflight.facts;
