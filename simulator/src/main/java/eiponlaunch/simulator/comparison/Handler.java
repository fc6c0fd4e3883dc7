package eiponlaunch.simulator.comparison;

/** The code of a function, as steps in virtual time. */
public interface Handler {
    /** Begins to work on an event; the invocation is ended by {@code succeed}, {@code fail} or its timeout. */
    void handle(Object event, Invocation invocation);
}
