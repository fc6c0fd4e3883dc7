package eiponlaunch.simulator.run;

import asl.definition.Definition;
import asl.definition.Substitutions;
import asl.execution.Execution;
import asl.execution.ExecutionListener;
import asl.execution.ExecutionStatus;
import asl.execution.StartExecutionIntegration;
import asl.execution.StepFunctions;
import asl.execution.TaskCompletion;
import asl.execution.TaskRequest;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import eiponlaunch.associateeip.AssociateEipHandler;
import eiponlaunch.completelifecycle.CompleteLifecycleHandler;
import eiponlaunch.disassociateeip.DisassociateEipHandler;
import eiponlaunch.findfreeeip.FindFreeEipHandler;
import eiponlaunch.findinstanceswithouteip.FindInstancesWithoutEipHandler;
import eiponlaunch.simulator.invariants.Promises;
import eiponlaunch.simulator.template.ProjectFiles;
import eiponlaunch.simulator.template.SamTemplate;
import eiponlaunch.simulator.world.api.CloudSettings;
import eiponlaunch.simulator.world.api.Rate;
import eiponlaunch.simulator.world.autoscaling.LifecycleHold;
import eiponlaunch.simulator.world.lambda.SimulatedLambda;
import eiponlaunch.simulator.world.stepfunctions.DescribeGroupsIntegration;
import eiponlaunch.simulator.world.stepfunctions.ListExecutionsIntegration;
import eiponlaunch.simulator.world.stepfunctions.Starts;
import eiponlaunch.telemetry.Decisions;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.ec2.Ec2Client;

/** The shipped workflow: the template's state machines and functions, deployed in the simulated account. */
public final class Workflow implements Strategy {
    private final Account account;
    private final Deployment deployment;
    private final SimulatedLambda lambda;
    private final StepFunctions stepFunctions;
    private final Starts starts;

    /** @throws IOException when one of the project's files cannot be read */
    public Workflow(Account account, SimulationSettings settings) throws IOException {
        this.account = account;
        this.deployment = settings.deployment();
        this.lambda =
                new SimulatedLambda(account.time(), account.api(), account.cloud(), account.faults(), account.seed());
        var transition = account.seed().fork("transitions").random();
        this.stepFunctions = new StepFunctions(
                account.template().home("states"),
                account.time(),
                account.seed(),
                () -> account.cloud()
                        .transition()
                        .sample(transition)
                        .plus(account.api().delay(CloudSettings.STATE_TRANSITION)),
                Map.of(
                        inPartition(SimulatedLambda.RESOURCE),
                        lambda,
                        inPartition(StartExecutionIntegration.RESOURCE),
                        this::start,
                        inPartition(ListExecutionsIntegration.RESOURCE),
                        new ListExecutionsIntegration(account.time(), account.api(), this::executionsNow),
                        inPartition(DescribeGroupsIntegration.RESOURCE),
                        new DescribeGroupsIntegration(account.time(), account.api(), account.autoScaling())));
        this.starts = new Starts(stepFunctions, account.time(), account.api(), account.seed());
        deployFunctions();
        deployStateMachines(settings.files());
    }

    private void start(TaskRequest request, TaskCompletion completion) {
        starts.start(request, completion);
    }

    @Override
    public String name() {
        return "workflow";
    }

    @Override
    public Optional<Promises> promises() {
        var template = account.template();
        var pace = new Rate(
                Double.parseDouble(template.parameter("AssociateAddressBurst")),
                Double.parseDouble(template.parameter("AssociateAddressPerSecond")));
        return Optional.of(Promises.under(
                account.cloud(),
                pace,
                seconds("DeadlineSeconds"),
                seconds("HeartbeatSeconds"),
                seconds("WaitSeconds")));
    }

    private Duration seconds(String parameter) {
        return Duration.ofSeconds(account.template().intParameter(parameter));
    }

    @Override
    public boolean releasesEarly() {
        return account.releasesEarly();
    }

    /** Step Functions refuses to run a task whose resource belongs to another partition than the execution. */
    private String inPartition(String resource) {
        return resource.replace("arn:aws:", "arn:" + account.template().partition() + ":");
    }

    private void deployFunctions() {
        deploy("FindFreeEip", new FindFreeEipHandler(ec2("FindFreeEip"), account.autoScaling(), clock("FindFreeEip")));
        deploy("AssociateEip", new AssociateEipHandler(ec2("AssociateEip"), clock("AssociateEip")));
        deploy("CompleteLifecycle", new CompleteLifecycleHandler(account.autoScaling()));
        deploy(
                "FindInstancesWithoutEip",
                new FindInstancesWithoutEipHandler(
                        account.autoScaling(),
                        ec2("FindInstancesWithoutEip"),
                        clock("FindInstancesWithoutEip"),
                        Decisions.NONE));
        if (account.releasesEarly()) {
            deploy("DisassociateEip", new DisassociateEipHandler(ec2("DisassociateEip"), account.autoScaling()));
        }
    }

    private Ec2Client ec2(String function) {
        return deployment.ec2(function, account.ec2());
    }

    private Clock clock(String function) {
        return deployment.clock(function, account.time().clock());
    }

    private void deploy(String function, RequestHandler<?, ?> shipped) {
        var handler = deployment.handler(
                function, shipped, new Deployment.Clients(ec2(function), account.autoScaling(), clock(function)));
        var timeout = (Integer) account.template().properties(function).get("Timeout");
        lambda.deploy(account.template().arn(function), function, handler, Duration.ofSeconds(timeout));
    }

    private void deployStateMachines(ProjectFiles files) throws IOException {
        var template = account.template();
        for (var name : template.resources("AWS::Serverless::StateMachine")) {
            var text = deployment.definition(
                    name,
                    files.read(template.properties(name).get("DefinitionUri").toString()));
            stepFunctions.createStateMachine(
                    name, Definition.parse(Substitutions.apply(text, template.definitionSubstitutions(name))));
        }
    }

    private Collection<Execution> executionsNow() {
        return stepFunctions.executions();
    }

    @Override
    public Execution startExecution(String stateMachine, String name, Object input) {
        return stepFunctions.startExecution(account.template().arn(stateMachine), name, input);
    }

    @Override
    public void onEvent(Object event, String delivery) {
        var machine = HookEvent.isOfTermination(event) ? "EipOnTerminate" : deployment.startedByTheRule();
        starts.deliver(account.template().arn(machine), delivery, event);
    }

    @Override
    public void listen(ExecutionListener listener) {
        stepFunctions.addListener(listener);
    }

    @Override
    public List<Execution> executions() {
        return List.copyOf(stepFunctions.executions());
    }

    @Override
    public Map<String, Integer> failedByError() {
        var failed = new TreeMap<String, Integer>();
        for (var execution : stepFunctions.executions()) {
            if (execution.status() != ExecutionStatus.SUCCEEDED) {
                failed.merge(execution.error().orElse(execution.status().name()), 1, Integer::sum);
            }
        }
        return failed;
    }

    @Override
    public long transitions() {
        return stepFunctions.executions().stream()
                .mapToLong(Execution::stateTransitions)
                .sum();
    }

    @Override
    public long invocations() {
        return lambda.invocations();
    }

    @Override
    public long billedMillis() {
        return lambda.billedMillis();
    }

    @Override
    public int memoryMegabytes() {
        return (Integer)
                account.template().properties("FindFreeEip").get("MemorySize"); // the same for all, from Globals
    }

    @Override
    public Instant deadline(LifecycleHold hold) {
        return hold.heartbeatEnds().minus(seconds("HeartbeatSeconds")).plus(seconds("DeadlineSeconds"));
    }

    @Override
    public SamTemplate stack(String group) {
        return account.template();
    }

    @Override
    public Instant lastEnd() {
        return stepFunctions.executions().stream()
                .flatMap(execution -> execution.stop().stream())
                .max(Instant::compareTo)
                .orElse(null);
    }
}
