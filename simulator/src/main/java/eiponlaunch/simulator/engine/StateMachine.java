package eiponlaunch.simulator.engine;

import eiponlaunch.simulator.asl.Definition;

/** A definition under a name, and the ARNs that follow from the name. */
record StateMachine(String name, Definition definition) {
    private static final String STATES = "arn:aws:states:us-east-1:123456789012:";

    static String arn(String name) {
        return STATES + "stateMachine:" + name;
    }

    String arn() {
        return arn(name);
    }

    String executionArn(String executionName) {
        return STATES + "execution:" + name + ":" + executionName;
    }

    String roleArn() {
        return "arn:aws:iam::123456789012:role/" + name;
    }
}
