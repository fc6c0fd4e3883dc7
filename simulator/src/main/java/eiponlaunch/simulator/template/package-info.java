/** Reads sam-template.yaml and the files beside it as CloudFormation would. */
package eiponlaunch.simulator.template;
