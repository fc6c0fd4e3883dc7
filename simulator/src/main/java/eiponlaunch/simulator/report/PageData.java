package eiponlaunch.simulator.report;

import static java.util.stream.Collectors.collectingAndThen;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import asl.definition.Definition;
import asl.definition.MapState;
import asl.definition.State;
import asl.definition.Substitutions;
import eiponlaunch.simulator.run.SimulationResult;
import eiponlaunch.simulator.run.SimulationSettings;
import eiponlaunch.simulator.template.SamTemplate;
import eiponlaunch.simulator.world.api.ApiCall.Outcome;
import eiponlaunch.simulator.world.api.CloudSettings;
import eiponlaunch.simulator.world.api.Rate;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the page's scripts read. Runs that are shown together have the same axes.
 *
 * @param callMillis the interval in which calls are counted
 * @param tokenMillis the interval at which buckets are looked at
 * @param endMillis the end of the longest run
 */
record PageData(long callMillis, long tokenMillis, long endMillis, List<Run> runs) {
    private static final int MOST_BARS = 80;
    private static final int MOST_SAMPLES = 500;

    static PageData of(List<Recording> recordings) throws IOException {
        var end = recordings.stream().mapToLong(Recording::endMillis).max().orElse(0);
        var callAxis = TimeAxis.of(end, MOST_BARS);
        var tokenAxis = TimeAxis.of(end, MOST_SAMPLES);
        var runs = new ArrayList<Run>();
        for (var recording : recordings) {
            runs.add(Run.of(recording, callAxis, tokenAxis));
        }
        return new PageData(callAxis.millis(), tokenAxis.millis(), end, runs);
    }

    /**
     * One run.
     *
     * @param continued milliseconds from the first event, in ascending order
     * @param executionsLeftOut executions that the page does not carry
     * @param values entries of the {@link ValuePool}
     * @param machines the graphs of the state machines that are deployed
     */
    record Run(
            String name,
            int launches,
            int pool,
            long seed,
            SimulationResult result,
            Limit limit,
            List<Long> continued,
            List<Api> apis,
            List<StateName> states,
            List<RecordedExecution> executions,
            long executionsLeftOut,
            List<Object> values,
            List<Machine> machines) {

        static Run of(Recording recording, TimeAxis callAxis, TimeAxis tokenAxis) throws IOException {
            var settings = recording.settings();
            var cloud = settings.cloud();
            var apis = new ArrayList<Api>();
            var calls = new TreeMap<>(recording.calls());
            var buckets = calls.keySet().stream()
                    .collect(groupingBy(
                            cloud::bucketOf, mapping(calls::get, collectingAndThen(toList(), ApiCalls::together))));
            calls.forEach((name, ofApi) -> {
                var ofBucket = buckets.get(cloud.bucketOf(name));
                apis.add(Api.of(name, rateOf(cloud, name), ofApi, ofBucket, callAxis, tokenAxis));
            });
            return new Run(
                    recording.name(),
                    recording.result().launches(),
                    settings.pool(),
                    settings.seed(),
                    recording.result(),
                    new Limit(Math.min(recording.result().launches(), settings.pool()), rateOf(cloud, Limit.API)),
                    recording.continued(),
                    apis,
                    recording.executions().states(),
                    recording.executions().executions(),
                    recording.executions().leftOut(),
                    recording.executions().values().entries(),
                    Machine.all(settings));
        }

        private static Rate rateOf(CloudSettings cloud, String api) {
            var rate = cloud.rateOf(api);
            return rate.equals(Rate.UNLIMITED) ? null : rate;
        }
    }

    /** A state machine as its definition says. */
    record Machine(String name, List<Node> states) {
        /**
         * A state.
         *
         * @param start whether an execution begins in it
         * @param inside the Map that it is in, or null
         * @param next the states that may come next
         */
        record Node(String name, String type, boolean start, String inside, List<String> next) {}

        static List<Machine> all(SimulationSettings settings) throws IOException {
            var template = SamTemplate.read(settings.files().template(), settings.parameters());
            var machines = new ArrayList<Machine>();
            for (var name : template.resources("AWS::Serverless::StateMachine")) {
                var text = settings.deployment()
                        .definition(
                                name,
                                settings.files()
                                        .read(template.properties(name)
                                                .get("DefinitionUri")
                                                .toString()));
                var definition = Definition.parse(Substitutions.apply(text, template.definitionSubstitutions(name)));
                var nodes = new ArrayList<Node>();
                add(definition.startAt(), definition.states(), null, nodes);
                machines.add(new Machine(name, nodes));
            }
            return machines;
        }

        private static void add(String startAt, Map<String, State> states, String inside, List<Node> nodes) {
            for (var state : states.values()) {
                var next = new LinkedHashSet<String>();
                state.targets().forEach(target -> next.add(target.state()));
                nodes.add(
                        new Node(state.name(), state.type(), state.name().equals(startAt), inside, List.copyOf(next)));
                if (state instanceof MapState map) {
                    add(map.itemProcessor().startAt(), map.itemProcessor().states(), map.name(), nodes);
                }
            }
        }
    }

    /**
     * As many launches as can have an address: no more than there are of either, and one association for each.
     *
     * @param most launches or addresses, whichever are fewer
     * @param rate of AssociateAddress; null when it is never throttled
     */
    record Limit(int most, Rate rate) {
        static final String API = "AssociateAddress";
    }

    /**
     * The calls of one API: counts by interval, and the tokens left in its bucket at the beginning and at each end of one.
     *
     * @param rate null for an API that is never throttled, and so are its tokens
     */
    record Api(
            String name,
            Rate rate,
            double[] tokensLeft,
            int[] answered,
            int[] conflicts,
            int[] failed,
            int[] throttled) {

        static Api of(
                String name, Rate rate, ApiCalls calls, ApiCalls ofBucket, TimeAxis callAxis, TimeAxis tokenAxis) {
            return new Api(
                    name,
                    rate,
                    rate == null ? null : ofBucket.tokensLeft(rate, tokenAxis),
                    calls.count(Outcome.ANSWERED, callAxis),
                    calls.count(Outcome.CONFLICT, callAxis),
                    calls.count(Outcome.FAILED, callAxis),
                    calls.count(Outcome.THROTTLED, callAxis));
        }
    }
}
