package eiponlaunch.simulator.cli;

/** Does something when the process is told to end, as by Ctrl-C, before this is closed. */
final class Interruption {
    private final Thread hook;

    Interruption(Runnable whenInterrupted) {
        hook = new Thread(whenInterrupted, "interruption");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // it is running already
        }
    }
}
