package eiponlaunch.decision;

/** Is told of every decision that a handler takes. Never throws: what was done is done. */
@FunctionalInterface
public interface Decisions {
    /** Tells nobody. */
    Decisions NONE = decision -> {};

    void report(Decision decision);
}
