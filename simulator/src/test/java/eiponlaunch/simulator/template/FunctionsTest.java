package eiponlaunch.simulator.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Plain functions: a version with a snapshot sleeps after quiet days, and an alias keeps the version it was given. */
class FunctionsTest {
    private final SamTemplate template = ShippedTemplate.complete(Map.of());

    @ParameterizedTest
    @ValueSource(
            strings = {"FindFreeEip", "AssociateEip", "CompleteLifecycle", "DisassociateEip", "FindInstancesWithoutEip"
            })
    void aFunctionHasNoVersionsAndNoSnapshot(String function) {
        assertThat(template.properties(function).keySet())
                .noneMatch(property -> property.equals("SnapStart")
                        || property.startsWith("AutoPublish")
                        || property.startsWith("Version"));
        assertThat(template.resources("AWS::Lambda::Alias")).isEmpty();
        assertThat(template.resources("AWS::Lambda::Version")).isEmpty();
    }

    @Test
    void theStateMachinesCallTheFunctionsThemselves() {
        var function = "arn:aws:lambda:us-east-1:123456789012:function:";

        assertThat(template.definitionSubstitutions("EipOnLaunch"))
                .containsEntry("FindFreeEipFunctionArn", function + "FindFreeEip")
                .containsEntry("AssociateEipFunctionArn", function + "AssociateEip")
                .containsEntry("CompleteLifecycleFunctionArn", function + "CompleteLifecycle");
        assertThat(template.definitionSubstitutions("EipOnTerminate"))
                .containsEntry("DisassociateEipFunctionArn", function + "DisassociateEip")
                .containsEntry("CompleteLifecycleFunctionArn", function + "CompleteLifecycle");
        assertThat(template.definitionSubstitutions("StartOnce"))
                .containsEntry("CompleteLifecycleFunctionArn", function + "CompleteLifecycle");
        assertThat(template.definitionSubstitutions("Reconcile"))
                .containsEntry("FindInstancesWithoutEipFunctionArn", function + "FindInstancesWithoutEip")
                .containsEntry("FindFreeEipFunctionArn", function + "FindFreeEip")
                .containsEntry("AssociateEipFunctionArn", function + "AssociateEip");
    }

    @ParameterizedTest
    @CsvSource({
        "EipOnLaunchRole, FindFreeEip AssociateEip CompleteLifecycle",
        "StartOnceRole, CompleteLifecycle",
        "EipOnTerminateRole, DisassociateEip CompleteLifecycle",
        "ReconcileRole, FindInstancesWithoutEip FindFreeEip AssociateEip"
    })
    void aStateMachineMayInvokeItsFunctionsOnly(String role, String functions) {
        var allowed = new Policies(template)
                .allowing(role, "lambda:InvokeFunction").stream().flatMap(statement -> statement.resources().stream());

        assertThat(allowed)
                .containsExactlyElementsOf(List.of(functions.split(" ")).stream()
                        .map(template::arn)
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"java25", "java21"})
    void everyFunctionRunsOnTheRuntimeThatIsChosen(String runtime) {
        var chosen = ShippedTemplate.complete(Map.of("Runtime", runtime));

        assertThat(chosen.resources("AWS::Serverless::Function"))
                .isNotEmpty()
                .allSatisfy(function -> assertThat(chosen.properties(function)).containsEntry("Runtime", runtime));
    }

    /** The slowest cold start that was measured took 1.3 seconds (docs/benchmarks.md). */
    @ParameterizedTest
    @ValueSource(
            strings = {"FindFreeEip", "AssociateEip", "CompleteLifecycle", "DisassociateEip", "FindInstancesWithoutEip"
            })
    void aColdStartFitsFourTimesIntoTheTimeout(String function) {
        assertThat((Integer) template.properties(function).get("Timeout")).isGreaterThanOrEqualTo(6);
    }
}
