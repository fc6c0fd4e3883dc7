package eiponlaunch.simulator.world;

/** Is told of every disturbance, at the instant at which it happens. */
@FunctionalInterface
public interface DisturbanceListener {
    void disturbed(Disturbance disturbance);
}
