package eiponlaunch.simulator.workflow;

import asl.testing.StateMachineTester;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eiponlaunch.simulator.template.ProjectFiles;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A state of the shipped EipOnLaunch, alone in a definition that sets the variables which it reads, and ends after it. */
final class StateAlone {
    private static final ObjectMapper JSON = new ObjectMapper();

    private StateAlone() {}

    /**
     * @param since seconds from the start of the execution to the state
     * @param given sets the variables, at the start
     */
    static StateMachineTester of(String name, int since, Consumer<ObjectNode> given) throws IOException {
        var shipped = JSON.readTree(
                ProjectFiles.find().read("statemachine/eip-on-launch.asl.json").replace("${DeadlineSeconds}", "600"));
        var state = shipped.path("States").path(name);
        var definition = JSON.createObjectNode().put("QueryLanguage", "JSONata").put("StartAt", "Given");
        var states = definition.putObject("States");
        Stream.concat(state.findValuesAsText("Next").stream(), state.findValuesAsText("Default").stream())
                .forEach(next -> states.putObject(next).put("Type", "Succeed"));
        given.accept(states.putObject("Given")
                .put("Type", "Pass")
                .put("Next", since > 0 ? "Since" : name)
                .putObject("Assign"));
        if (since > 0) {
            states.putObject("Since").put("Type", "Wait").put("Seconds", since).put("Next", name);
        }
        states.set(name, state);
        return StateMachineTester.of(definition.toString());
    }
}
