package eiponlaunch.simulator.world.api;

/** Is told of every API call of the simulated account, in the order in which they happen. */
@FunctionalInterface
public interface ApiCallListener {
    void called(ApiCall call);
}
