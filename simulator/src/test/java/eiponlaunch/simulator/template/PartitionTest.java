package eiponlaunch.simulator.template;

import static org.assertj.core.api.Assertions.assertThat;

import asl.definition.Definition;
import asl.definition.Substitutions;
import asl.definition.Task;
import eiponlaunch.simulator.run.Simulation;
import eiponlaunch.simulator.run.SimulationSettings;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The template and the definitions, as they are in each partition of AWS. */
class PartitionTest {
    private static final ProjectFiles FILES = ProjectFiles.find();
    private static final Pattern PARTITION_OF_ARN = Pattern.compile("\\barn:([^:]*):");

    @ParameterizedTest
    @CsvSource({"aws, us-east-1", "aws-cn, cn-north-1", "aws-us-gov, us-gov-west-1", "aws-eusc, eusc-de-east-1"})
    void everyArnIsOfThePartition(String partition, String region) throws IOException {
        var template = template(partition, region);
        var resources = template.resources().stream()
                .filter(template::exists)
                .map(template::properties)
                .map(Object::toString);
        var definitions = template.resources("AWS::Serverless::StateMachine").stream()
                .map(machine -> definitionText(template, machine));

        assertThat(Stream.concat(resources, definitions)
                        .flatMap(text -> PARTITION_OF_ARN.matcher(text).results())
                        .map(match -> match.group(1))
                        .filter(named -> !named.equals("*"))) // what a policy leaves open
                .contains(partition)
                .containsOnly(partition);
    }

    /** Else an execution ends at its first task with States.Runtime: the resource belongs to a different partition. */
    @ParameterizedTest
    @CsvSource({"aws, us-east-1", "aws-cn, cn-north-1", "aws-us-gov, us-gov-west-1", "aws-eusc, eusc-de-east-1"})
    void everyTaskIsAnIntegrationOfThePartition(String partition, String region) {
        var template = template(partition, region);
        var tasks = template.resources("AWS::Serverless::StateMachine").stream()
                .map(machine -> Definition.parse(definitionText(template, machine)))
                .flatMap(definition -> definition.allStates().stream())
                .filter(Task.class::isInstance)
                .map(Task.class::cast);

        assertThat(tasks.map(Task::resource))
                .hasSizeGreaterThan(8)
                .allSatisfy(resource -> assertThat(resource).startsWith("arn:" + partition + ":states:::"));
    }

    @ParameterizedTest
    @CsvSource({"aws, us-east-1", "aws-cn, cn-north-1", "aws-us-gov, us-gov-west-1", "aws-eusc, eusc-de-east-1"})
    void aLaunchGetsItsAddressInEveryPartition(String partition, String region) throws IOException {
        var result = new Simulation(SimulationSettings.of(FILES, List.of(ProjectFiles.json(FILES.event("launch.json"))))
                        .parameters(Map.of("AWS::Partition", partition, "AWS::Region", region))
                        .build())
                .run();

        assertThat(result.continued()).isOne();
        assertThat(result.violations()).isEmpty();
    }

    /** Lambda in China has no X-Ray; Step Functions there has. */
    @ParameterizedTest
    @CsvSource({"aws, us-east-1, Active", "aws-cn, cn-northwest-1, PassThrough", "aws-us-gov, us-gov-east-1, Active"})
    void functionsAreTracedWhereLambdaHasXRay(String partition, String region, String mode) {
        var template = template(partition, region);

        assertThat(template.resources("AWS::Serverless::Function"))
                .allSatisfy(
                        function -> assertThat(template.properties(function)).containsEntry("Tracing", mode));
    }

    @ParameterizedTest
    @CsvSource({
        "aws, eu-west-1, https://eu-west-1.console.aws.amazon.com/",
        "aws-cn, cn-north-1, https://cn-north-1.console.amazonaws.cn/",
        "aws-us-gov, us-gov-west-1, https://us-gov-west-1.console.amazonaws-us-gov.com/",
        "aws-eusc, eusc-de-east-1, https://eusc-de-east-1.console.amazonaws-eusc.eu/",
    })
    void consoleLinksLeadToThePartitionsConsole(String partition, String region, String console) {
        var template = template(partition, region);

        assertThat(template.output("EipOnLaunchConsole"))
                .isEqualTo(console + "states/home?region=" + region + "#/statemachines/view/"
                        + template.arn("EipOnLaunch"));
        assertThat(template.output("DashboardConsole")).startsWith(console + "cloudwatch/home?region=" + region);
    }

    private static String definitionText(SamTemplate template, String machine) {
        try {
            var file = template.properties(machine).get("DefinitionUri").toString();
            return Substitutions.apply(FILES.read(file), template.definitionSubstitutions(machine));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static SamTemplate template(String partition, String region) {
        return ShippedTemplate.complete(Map.of("AWS::Partition", partition, "AWS::Region", region));
    }
}
