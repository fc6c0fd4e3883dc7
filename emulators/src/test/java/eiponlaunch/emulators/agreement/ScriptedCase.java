package eiponlaunch.emulators.agreement;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One execution whose tasks come to what is laid down here.
 *
 * @param id also the name of its execution
 * @param machine which of the state machines it runs
 * @param definition text of the definition, its substitutions made
 * @param tasks what each attempt at each Task comes to, in order, over all visits of its state
 * @param path the states that it must enter
 * @param ends SUCCEEDED, or the error with which it must fail
 * @param limit why the engine cannot run it as AWS would, with the page that says what AWS does
 */
record ScriptedCase(
        String id,
        String name,
        String machine,
        String definition,
        Object input,
        Map<String, List<ScriptedAnswer>> tasks,
        List<String> path,
        String ends,
        Optional<String> limit) {
    /** A mock can only answer. */
    boolean canBeMocked() {
        return tasks.values().stream().flatMap(List::stream).noneMatch(answer -> answer == ScriptedAnswer.TIMEOUT);
    }

    @Override
    public String toString() {
        return name;
    }
}
