package eiponlaunch.simulator.world.api;

/** Is told of every disturbance, at the instant at which it happens. */
@FunctionalInterface
public interface DisturbanceListener {
    void disturbed(Disturbance disturbance);
}
