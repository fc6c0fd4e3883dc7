package eiponlaunch.simulator.run;

import static java.util.Objects.requireNonNull;

import eiponlaunch.simulator.faults.Faults;
import eiponlaunch.simulator.template.ProjectFiles;
import eiponlaunch.simulator.world.api.CloudSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one run is made of.
 *
 * @param files the project whose template, definitions and handlers run
 * @param events the events of launches and terminations, each delivered at its own time; JSON values
 * @param launches how many launches; above one, the first event is the model of them all
 * @param terminations how many instances in service, each with an address of the first pool, terminate when the first
 *     launch begins
 * @param over the time over which they are spread evenly
 * @param groups how many Auto Scaling groups they belong to in turn
 * @param sharedPool whether one stack and one pool serve all groups; else each has its own
 * @param mixed whether launches and their account differ from each other, as in a {@link Mixture}
 * @param pool how many addresses each pool has at the start
 * @param seed the source of all chance
 * @param parameters values of the template's parameters other than their defaults
 * @param cloud what AWS is like
 * @param faults what goes wrong
 * @param deployment how the shipped files are deployed
 * @param refresh an instance refresh in place of the launches, if any
 * @param poolsOfHooks whether the pools that hooks choose have as many addresses as the stack's; else they have none
 * @param zones over how many Availability Zones instances and addresses are spread in turn; with a mixture, one
 */
public record SimulationSettings(
        ProjectFiles files,
        List<Object> events,
        int launches,
        int terminations,
        Duration over,
        int groups,
        boolean sharedPool,
        boolean mixed,
        int pool,
        long seed,
        Map<String, String> parameters,
        CloudSettings cloud,
        Faults faults,
        Deployment deployment,
        Optional<RefreshSettings> refresh,
        boolean poolsOfHooks,
        int zones) {

    /** The same with another number of addresses in each pool. */
    public SimulationSettings withPool(int addresses) {
        return new SimulationSettings(
                files,
                events,
                launches,
                terminations,
                over,
                groups,
                sharedPool,
                mixed,
                addresses,
                seed,
                parameters,
                cloud,
                faults,
                deployment,
                refresh,
                poolsOfHooks,
                zones);
    }

    /** One launch after each event, a pool of one address, the documented cloud, and nothing that goes wrong. */
    public static Builder of(ProjectFiles files, List<Object> events) {
        return new Builder(files, events);
    }

    /** Settings other than the usual ones. */
    public static final class Builder {
        private final ProjectFiles files;
        private final List<Object> events;
        private int launches = 1;
        private int terminations;
        private Duration over = Duration.ofSeconds(1);
        private int groups = 1;
        private boolean sharedPool;
        private boolean mixed;
        private int pool = 1;
        private long seed = 1;
        private Map<String, String> parameters = Map.of();
        private CloudSettings cloud = CloudSettings.documented();
        private Faults faults = Faults.NONE;
        private Deployment deployment = Deployment.SHIPPED;
        private Optional<RefreshSettings> refresh = Optional.empty();
        private boolean poolsOfHooks;
        private int zones = 1;

        private Builder(ProjectFiles files, List<Object> events) {
            this.files = requireNonNull(files, "files is null");
            this.events = List.copyOf(events);
        }

        public Builder launches(int number) {
            launches = number;
            return this;
        }

        public Builder terminations(int number) {
            terminations = number;
            return this;
        }

        public Builder over(Duration time) {
            over = time;
            return this;
        }

        public Builder groups(int number) {
            groups = number;
            return this;
        }

        public Builder sharedPool(boolean oneForAll) {
            sharedPool = oneForAll;
            return this;
        }

        public Builder mixed(boolean all) {
            mixed = all;
            return this;
        }

        public Builder pool(int addresses) {
            pool = addresses;
            return this;
        }

        public Builder seed(long value) {
            seed = value;
            return this;
        }

        public Builder parameters(Map<String, String> values) {
            parameters = Map.copyOf(values);
            return this;
        }

        public Builder cloud(CloudSettings settings) {
            cloud = settings;
            return this;
        }

        public Builder faults(Faults plan) {
            faults = plan;
            return this;
        }

        public Builder deployment(Deployment how) {
            deployment = how;
            return this;
        }

        public Builder poolsOfHooks(boolean filled) {
            poolsOfHooks = filled;
            return this;
        }

        public Builder zones(int number) {
            zones = number;
            return this;
        }

        public Builder refresh(RefreshSettings instead) {
            refresh = Optional.of(instead);
            return this;
        }

        public SimulationSettings build() {
            return new SimulationSettings(
                    files,
                    events,
                    launches,
                    terminations,
                    over,
                    groups,
                    sharedPool,
                    mixed,
                    pool,
                    seed,
                    parameters,
                    cloud,
                    faults,
                    deployment,
                    refresh,
                    poolsOfHooks,
                    zones);
        }
    }
}
