package eiponlaunch.simulator.run;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import eiponlaunch.associateeip.AssociateEipHandler;
import eiponlaunch.completelifecycle.CompleteLifecycleHandler;
import eiponlaunch.findfreeeip.FindFreeEipHandler;
import eiponlaunch.findfreeeip.OwnOrderChoice;
import eiponlaunch.model.EipPool;
import eiponlaunch.simulator.asl.Definition;
import eiponlaunch.simulator.asl.Substitutions;
import eiponlaunch.simulator.check.Invariants;
import eiponlaunch.simulator.engine.Execution;
import eiponlaunch.simulator.engine.ExecutionObserver;
import eiponlaunch.simulator.engine.ExecutionStatus;
import eiponlaunch.simulator.engine.StartExecutionIntegration;
import eiponlaunch.simulator.engine.StepFunctions;
import eiponlaunch.simulator.engine.TaskCompletion;
import eiponlaunch.simulator.engine.TaskRequest;
import eiponlaunch.simulator.template.SamTemplate;
import eiponlaunch.simulator.time.VirtualTime;
import eiponlaunch.simulator.world.CallFault;
import eiponlaunch.simulator.world.Ec2World;
import eiponlaunch.simulator.world.LifecycleHold;
import eiponlaunch.simulator.world.LifecycleHooks;
import eiponlaunch.simulator.world.Seed;
import eiponlaunch.simulator.world.SimulatedApi;
import eiponlaunch.simulator.world.SimulatedAutoScaling;
import eiponlaunch.simulator.world.SimulatedEc2;
import eiponlaunch.simulator.world.SimulatedLambda;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;

/** One account with the template deployed in it, and the launches of one run. */
public final class Simulation {
    /** From an instance's start until its lifecycle event: EC2 shows it as pending, then running, before the event comes. */
    private static final Duration PENDING = Duration.ofSeconds(8);

    private static final Duration RUNNING = Duration.ofSeconds(2);

    private final SimulationSettings settings;
    private final SamTemplate template;
    private final List<Launch> launches;
    private final VirtualTime time;
    private final Ec2World ec2;
    private final LifecycleHooks hooks;
    private final SimulatedApi api;
    private final StepFunctions stepFunctions;
    private final Counters counters;
    private final Invariants invariants;
    private final SplittableRandom random;

    /** @throws IOException when one of the project's files cannot be read */
    public Simulation(SimulationSettings settings) throws IOException {
        this.settings = settings;
        this.template = SamTemplate.read(settings.files().template(), settings.parameters());
        this.launches = launches(settings);
        this.time = new VirtualTime(firstEvent().minus(PENDING));
        var seed = new Seed(settings.seed());
        this.random = seed.fork("launches").random();
        this.counters = new Counters(time);
        this.invariants = new Invariants(time, this::deadline);
        var listeners = new Listeners();
        listeners.add(counters);
        listeners.add(invariants);
        this.ec2 = new Ec2World(time, settings.cloud().termination(), listeners);
        this.hooks = new LifecycleHooks(time, ec2, listeners);
        this.api = new SimulatedApi(time, settings.cloud(), settings.faults(), seed);
        var lambda = new SimulatedLambda(time, api, settings.cloud(), settings.faults(), seed);
        var transition = seed.fork("transitions").random();
        this.stepFunctions = new StepFunctions(
                time,
                settings.seed(),
                () -> settings.cloud().transition().sample(transition),
                Map.of(SimulatedLambda.RESOURCE, lambda, StartExecutionIntegration.RESOURCE, this::startExecution));
        stepFunctions.addObserver(invariants);
        deployFunctions(lambda);
        deployStateMachines();
        fillPool();
    }

    /** Shows every event of every execution, as it happens, to {@code observer}. */
    public void observe(ExecutionObserver observer) {
        stepFunctions.addObserver(observer);
    }

    /** The simulated account, for a test that wants it otherwise before it runs. */
    public Ec2World ec2() {
        return ec2;
    }

    /** The instances that wait in their hook. */
    public LifecycleHooks hooks() {
        return hooks;
    }

    public VirtualTime time() {
        return time;
    }

    public List<Execution> executions() {
        return List.copyOf(stepFunctions.executions());
    }

    /** Delivers an event once more, now. */
    public void deliverAgain(int event) {
        deliver(launches.get(event));
    }

    /** Delivers the events and runs until nothing happens any more. */
    public SimulationResult run() {
        var start = System.nanoTime();
        for (var launch : launches) {
            schedule(launch);
        }
        time.runUntilIdle();
        invariants.checkEnd(ec2);
        return result((System.nanoTime() - start) / 1_000_000);
    }

    private static List<Launch> launches(SimulationSettings settings) {
        var launches = new ArrayList<Launch>();
        for (var event : settings.events()) {
            launches.add(Launch.of(event));
        }
        var first = launches.get(0);
        for (var number = 1; number < settings.launches(); number++) {
            launches.add(first.another(number, first.begins().plusMillis(1000L * number / settings.launches())));
        }
        return launches;
    }

    /** When the first event's lifecycle action begins: the zero of a timeline. */
    public Instant firstEvent() {
        return launches.stream().map(Launch::begins).min(Instant::compareTo).orElseThrow();
    }

    private void schedule(Launch launch) {
        // The instance and its action exist even when the event does not name them.
        var instanceId = launch.detail("EC2InstanceId", "i-00000000000000000");
        time.at(launch.begins().minus(PENDING), () -> launchInstance(instanceId));
        time.at(launch.begins(), () -> {
            hooks.hold(new LifecycleHold(
                    launch.detail("AutoScalingGroupName", "forward-proxy"),
                    launch.detail("LifecycleHookName", "associate-eip"),
                    launch.detail("LifecycleActionToken", "00000000-0000-4000-8000-000000000000"),
                    instanceId,
                    launch.begins().plusSeconds(template.intParameter("HeartbeatSeconds")),
                    launch.detail("Destination", "").equals("WarmPool")));
            time.after(settings.cloud().eventDelivery().sample(random), () -> deliver(launch));
        });
    }

    private void launchInstance(String instanceId) {
        if (ec2.instance(instanceId) == null) {
            ec2.launch(instanceId, InstanceStateName.PENDING, 1, Map.of());
            time.after(PENDING.minus(RUNNING), () -> {
                if (ec2.instance(instanceId).state().name() == InstanceStateName.PENDING) {
                    ec2.setState(instanceId, InstanceStateName.RUNNING);
                }
            });
        }
    }

    private void deliver(Launch launch) {
        var name = launch.eventId().isEmpty() ? "event" : launch.eventId();
        stepFunctions.startExecution(template.arn("StartOnce"), name + "_" + random.nextInt(1 << 30), launch.event());
    }

    /** The task integration states:startExecution, with the faults that a call to Step Functions may meet. */
    private void startExecution(TaskRequest request, TaskCompletion completion) {
        var fault = settings.faults().onCall("StartExecution", time.now());
        if (fault.kind() == CallFault.Kind.REFUSED) {
            completion.fail("StepFunctions." + fault.code() + "Exception", fault.message());
        } else {
            new StartExecutionIntegration(stepFunctions, settings.seed()).start(request, completion);
        }
    }

    private Instant deadline(LifecycleHold hold) {
        return hold.heartbeatEnds()
                .minusSeconds(template.intParameter("HeartbeatSeconds"))
                .plusSeconds(template.intParameter("DeadlineSeconds"));
    }

    private void deployFunctions(SimulatedLambda lambda) {
        var autoScaling = new SimulatedAutoScaling(api, hooks);
        var ec2Client = new SimulatedEc2(api, ec2);
        var handlers = new LinkedHashMap<String, RequestHandler<?, ?>>();
        handlers.put("FindFreeEip", new FindFreeEipHandler(ec2Client, new OwnOrderChoice(), time.clock()));
        handlers.put("AssociateEip", new AssociateEipHandler(ec2Client, time.clock()));
        handlers.put("CompleteLifecycle", new CompleteLifecycleHandler(autoScaling));
        handlers.forEach((name, handler) -> {
            var timeout = (Integer) template.properties(name).get("Timeout");
            lambda.deploy(template.arn(name), name, handler, Duration.ofSeconds(timeout));
        });
    }

    private void deployStateMachines() throws IOException {
        for (var name : template.resources("AWS::Serverless::StateMachine")) {
            var text = settings.files()
                    .read(template.properties(name).get("DefinitionUri").toString());
            stepFunctions.createStateMachine(
                    name, Definition.parse(Substitutions.apply(text, template.definitionSubstitutions(name))));
        }
    }

    private void fillPool() {
        var tags = new EipPool(
                        template.parameter("EipTagKey"),
                        template.parameter("EipTagValue"),
                        template.parameter("EipFurtherTags"))
                .tags();
        for (var number = 1; number <= settings.pool(); number++) {
            // 198.18.0.0/15 is set aside for benchmarks (RFC 2544)
            var publicIp = "198." + (18 + (number >> 16)) + "." + (number >> 8 & 255) + "." + (number & 255);
            ec2.allocate(String.format("eipalloc-%017x", number), publicIp, tags);
        }
    }

    private SimulationResult result(long wallMillis) {
        var failedByError = new TreeMap<String, Integer>();
        var transitions = 0L;
        var last = firstEvent();
        for (var execution : stepFunctions.executions()) {
            transitions += execution.stateTransitions();
            if (execution.status() != ExecutionStatus.SUCCEEDED) {
                failedByError.merge(execution.error().orElse(execution.status().name()), 1, Integer::sum);
            }
            var stop = execution.stop().orElse(last);
            last = stop.isAfter(last) ? stop : last;
        }
        return new SimulationResult(
                launches.size(),
                counters.continued(),
                counters.abandoned(),
                failedByError,
                api.calls(),
                counters.conflicts(),
                api.throttled().values().stream().mapToLong(Long::longValue).sum(),
                transitions,
                counters.lastContinue() == null ? null : seconds(counters.lastContinue()),
                seconds(last),
                wallMillis,
                invariants.violations());
    }

    private double seconds(Instant instant) {
        return Duration.between(firstEvent(), instant).toMillis() / 1000.0;
    }
}
