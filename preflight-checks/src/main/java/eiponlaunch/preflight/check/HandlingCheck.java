package eiponlaunch.preflight.check;

import eiponlaunch.preflight.facts.Facts;
import eiponlaunch.preflight.facts.Handling;
import java.util.List;

/** A check of the way from a hook to the workflow: for launches, and for terminations when there is early release. */
abstract class HandlingCheck extends Check {
    @Override
    public final List<Finding> judge(Facts facts) {
        return facts.handlings().stream()
                .flatMap(handling -> judge(facts, handling).stream())
                .toList();
    }

    abstract List<Finding> judge(Facts facts, Handling handling);
}
