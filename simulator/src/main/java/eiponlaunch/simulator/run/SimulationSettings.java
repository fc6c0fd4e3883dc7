package eiponlaunch.simulator.run;

import eiponlaunch.simulator.template.ProjectFiles;
import eiponlaunch.simulator.world.CloudSettings;
import eiponlaunch.simulator.world.Faults;
import java.util.List;
import java.util.Map;

/**
 * What one run is made of.
 *
 * @param files the project whose template, definitions and handlers run
 * @param events the launch events, each delivered at its own time; JSON values
 * @param launches how many launches; above one, the first event is the model of them all
 * @param pool how many free addresses the pool has at the start
 * @param seed the source of all chance
 * @param parameters values of the template's parameters other than their defaults
 * @param cloud what AWS is like
 * @param faults what goes wrong
 */
public record SimulationSettings(
        ProjectFiles files,
        List<Object> events,
        int launches,
        int pool,
        long seed,
        Map<String, String> parameters,
        CloudSettings cloud,
        Faults faults) {}
