package asl.execution;

import asl.definition.Definition;

/**
 * A definition under a name, and the ARNs that follow from the name.
 *
 * @param home what the ARNs of its partition, Region and account begin with
 */
record StateMachine(String name, Definition definition, String home) {
    /** Where Step Functions runs unless it is told otherwise. */
    static final String HOME = "arn:aws:states:us-east-1:123456789012:";

    static String arn(String name) {
        return arn(HOME, name);
    }

    private static String arn(String home, String name) {
        return home + "stateMachine:" + name;
    }

    String arn() {
        return arn(home, name);
    }

    String executionArn(String executionName) {
        return home + "execution:" + name + ":" + executionName;
    }

    String roleArn() {
        var parts = home.split(":");
        return "arn:" + parts[1] + ":iam::" + parts[4] + ":role/" + name;
    }
}
