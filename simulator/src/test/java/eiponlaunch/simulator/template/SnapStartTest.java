package eiponlaunch.simulator.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Only the published version behind the alias has a snapshot, so nothing may call the function itself. */
class SnapStartTest {
    private static final List<String> FUNCTIONS =
            List.of("FindFreeEip", "AssociateEip", "CompleteLifecycle", "DisassociateEip");

    private final SamTemplate template = ShippedTemplate.complete(Map.of());

    @ParameterizedTest
    @ValueSource(strings = {"FindFreeEip", "AssociateEip", "CompleteLifecycle", "DisassociateEip"})
    void everyPublishedVersionHasASnapshotAndEveryChangePublishesOne(String function) {
        assertThat(template.properties(function))
                .containsEntry("SnapStart", Map.of("ApplyOn", "PublishedVersions"))
                .containsEntry("AutoPublishAlias", "live")
                .containsEntry("AutoPublishAliasAllProperties", true);
    }

    /** Which is what the definitions send, as far as the samples are. */
    @ParameterizedTest
    @CsvSource({
        "FindFreeEip, find-free-eip",
        "AssociateEip, associate-eip",
        "CompleteLifecycle, complete-lifecycle",
        "DisassociateEip, disassociate-eip"
    })
    void aFunctionRehearsesWithItsSampleInput(String function, String sample) throws IOException {
        var files = ProjectFiles.find();

        assertThat(files.read("lambdas/src/main/resources/rehearsal/" + function + ".json"))
                .isEqualTo(files.read("events/" + sample + ".json"));
    }

    @Test
    void theStateMachinesCallTheAlias() {
        assertThat(template.definitionSubstitutions("EipOnLaunch"))
                .containsEntry(
                        "FindFreeEipFunctionArn", "arn:aws:lambda:us-east-1:123456789012:function:FindFreeEip:live")
                .containsEntry("AssociateEipFunctionArn", template.aliasArn("AssociateEip"))
                .containsEntry("CompleteLifecycleFunctionArn", template.aliasArn("CompleteLifecycle"));
        assertThat(template.definitionSubstitutions("EipOnTerminate"))
                .containsEntry("DisassociateEipFunctionArn", template.aliasArn("DisassociateEip"))
                .containsEntry("CompleteLifecycleFunctionArn", template.aliasArn("CompleteLifecycle"));
        assertThat(template.definitionSubstitutions("StartOnce"))
                .containsEntry("CompleteLifecycleFunctionArn", template.aliasArn("CompleteLifecycle"));
    }

    @ParameterizedTest
    @CsvSource({
        "EipOnLaunchRole, FindFreeEip AssociateEip CompleteLifecycle",
        "StartOnceRole, CompleteLifecycle",
        "EipOnTerminateRole, DisassociateEip CompleteLifecycle"
    })
    void theStateMachinesMayInvokeTheAliasOnly(String role, String functions) {
        var allowed = new Policies(template)
                .allowing(role, "lambda:InvokeFunction").stream().flatMap(statement -> statement.resources().stream());

        assertThat(allowed)
                .containsExactlyInAnyOrderElementsOf(FUNCTIONS.stream()
                        .filter(List.of(functions.split(" "))::contains)
                        .map(template::aliasArn)
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"java25", "java21"})
    void snapStartKnowsEveryRuntimeThatCanBeChosen(String runtime) throws IOException {
        var chosen = SamTemplate.read(ProjectFiles.find().template(), Map.of("Runtime", runtime));

        assertThat(chosen.properties("FindFreeEip")).containsEntry("Runtime", runtime);
    }
}
