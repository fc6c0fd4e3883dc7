/** One run: the account, the workflow in it, the launches and terminations, and what they came to. */
package eiponlaunch.simulator.run;
