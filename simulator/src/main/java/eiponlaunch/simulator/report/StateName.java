package eiponlaunch.simulator.report;

/**
 * A state of a state machine.
 *
 * @param type its ASL type, such as Task
 */
record StateName(String stateMachine, String name, String type) {}
