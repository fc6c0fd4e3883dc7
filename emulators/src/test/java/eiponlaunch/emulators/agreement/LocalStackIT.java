package eiponlaunch.emulators.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import eiponlaunch.associateeip.AssociateEipInput;
import eiponlaunch.associateeip.AssociateEipOutput;
import eiponlaunch.emulators.DockerEngine;
import eiponlaunch.emulators.Events;
import eiponlaunch.emulators.Executions;
import eiponlaunch.emulators.Pool;
import eiponlaunch.emulators.ShippedHandlers;
import eiponlaunch.findfreeeip.FindFreeEipOutput;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.localstack.LocalStackContainer;

/**
 * Handlers and StartOnce on LocalStack. Skipped where no Docker engine answers, unless DOCKER_HOST says that one should.
 */
class LocalStackIT {
    private static final String ROLE = "arn:aws:iam::000000000000:role/any";

    private static LocalStackContainer localstack;

    /** Not before all: JUnit would report the class as empty instead of each test as skipped. */
    @BeforeEach
    void start() {
        DockerEngine.assume();
        if (localstack != null) {
            return;
        }
        localstack = DockerEngine.localstack("ec2,stepfunctions,sts,iam");
        localstack.start();
    }

    @AfterAll
    static void stop() {
        if (localstack != null) {
            localstack.stop();
        }
    }

    @Test
    void handlersFindAndAssociateAnAddress() {
        var pool = new Pool(endpoint());
        var address = pool.allocate(Map.of("Application", "ForwardProxy"));
        var instance = pool.runInstance();

        var found = ShippedHandlers.findFreeEip(endpoint())
                .handleRequest(Events.findFreeEip(instance, "Application=ForwardProxy", Map.of()), null);
        var associated = ShippedHandlers.associateEip(endpoint())
                .handleRequest(new AssociateEipInput(instance, found.eip(), found.deadline()), null);

        assertThat(found.outcome()).isEqualTo(FindFreeEipOutput.Outcome.Found);
        assertThat(associated.outcome()).isEqualTo(AssociateEipOutput.Outcome.Associated);
        assertThat(pool.holders()).containsEntry(address, instance);
    }

    /** ministack names this error otherwise; LocalStack, whose error names were recorded on AWS, as AWS does. */
    @Test
    void startOnceAsShippedKnowsADuplicateByItsErrorName() throws IOException {
        var executions = new Executions(endpoint());
        var eipOnLaunch = stateMachine(
                executions,
                "EipOnLaunch",
                "{\"QueryLanguage\": \"JSONata\", \"StartAt\": \"End\", \"States\": {\"End\": {\"Type\": \"Succeed\"}}}");
        var startOnce = stateMachine(
                executions,
                "StartOnce",
                CaseDefinitions.comparable(Files.readString(Path.of("..", "statemachine", "start-once.asl.json")))
                        .replace("${EipOnLaunchArn}", eipOnLaunch)
                        .replace("${Partition}", "aws")
                        .replace(
                                "${CompleteLifecycleFunctionArn}", "arn:aws:lambda:us-east-1:000000000000:function:f"));
        var event = Events.sentNow("launch.json");

        var first = executions.run(startOnce, event);
        executions.await(first.output().path("executionArn").asText());
        var second = executions.run(startOnce, event);

        assertThat(first.states()).isEqualTo(List.of("StartOnce"));
        assertThat(second.states()).isEqualTo(List.of("StartOnce", "DuplicateEvent"));
    }

    private static String stateMachine(Executions executions, String name, String definition) {
        return executions
                .sfn()
                .createStateMachine(request -> request.name(name + "-" + UUID.randomUUID())
                        .definition(definition)
                        .roleArn(ROLE))
                .stateMachineArn();
    }

    private static URI endpoint() {
        return localstack.getEndpoint();
    }
}
