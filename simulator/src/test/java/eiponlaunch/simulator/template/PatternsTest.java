package eiponlaunch.simulator.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import asl.definition.Definition;
import asl.definition.Substitutions;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be written into a parameter that CloudFormation puts into JSON, or SAM into a definition's JSONata. */
class PatternsTest {
    /** Each would end the text that it stands in, or begin something else there. */
    private static final String ENDS_ITS_TEXT = "\"'\\{}$%`\n\r\t\u0000";

    /** What EC2 allows in a tag, as far as it takes no harm, and IAM in a condition. */
    private static final String OF_TAGS = "Az09 _.:/+-@";

    /** What Auto Scaling allows in a group's name, as far as it takes no harm. */
    private static final String OF_GROUPS = IntStream.rangeClosed(32, 126)
            .filter(sign -> "\",:\\{".indexOf(sign) < 0)
            .mapToObj(Character::toString)
            .collect(Collectors.joining());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "EipTagKey",
                "EipTagValue",
                "EipFurtherTags",
                "HookPoolTagKeys",
                "EipOrderTagKey",
                "EipZoneTagKey",
                "InstanceTagKey",
                "InstanceTagValue"
            })
    void noTagCanEndTheTextThatItIsPutInto(String parameter) throws IOException {
        var further = parameter.equals("EipFurtherTags") ? "Key=" : "";

        assertThat(allows(parameter, further + "value")).isTrue();
        for (var sign : ENDS_ITS_TEXT.toCharArray()) {
            assertThat(List.of("a" + sign + "b", "a" + sign, sign + "b"))
                    .as("%s with the character %d", parameter, (int) sign)
                    .noneMatch(value -> allows(parameter, further + value));
        }
    }

    /**
     * The functions take spaces from the ends of the pool's tags. The names of the alarms' dimensions and the conditions of the policies would keep
     * them, so alarms would see no data and EC2 would refuse every address.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "EipTagKey",
                "EipTagValue",
                "EipOrderTagKey",
                "EipZoneTagKey",
                "InstanceTagKey",
                "InstanceTagValue"
            })
    void aTagMayHaveSpacesWithinButNotAtItsEnds(String parameter) throws IOException {
        assertThat(List.of("two  words", "a b c")).allMatch(value -> allows(parameter, value));
        assertThat(List.of(" ", " a", "a ", " two words", "two words ")).noneMatch(value -> allows(parameter, value));
    }

    @Test
    void noFurtherTagOfThePoolHasSpacesAtTheEndsOfItsKeyOrItsValue() throws IOException {
        assertThat(List.of("Env=prod,Team=net", "My Team=the net", "Env=,Team=", "Env=a=b", "k=" + "v".repeat(256)))
                .allMatch(value -> allows("EipFurtherTags", value));
        assertThat(List.of(
                        "Env=prod, Team=net",
                        "Env=prod ,Team=net",
                        "Env =prod",
                        "Env= prod",
                        " Env=prod",
                        "Env=prod ",
                        "Env= ",
                        "=prod",
                        "Env",
                        "Env=prod,",
                        "k=" + "v".repeat(257)))
                .noneMatch(value -> allows("EipFurtherTags", value));
    }

    /** The name is a dimension of the pool's metrics, which has at most 1024 characters. */
    @Test
    void theNameOfEveryPoolThatMayBeGivenIsADimension() throws IOException {
        var further = "k".repeat(128) + "=" + "v".repeat(256) + "," + "l".repeat(128) + "=";
        var longest = Map.of(
                "EipTagKey", "k".repeat(128),
                "EipTagValue", "v".repeat(256),
                "EipFurtherTags", further + "v".repeat(638 - further.length()));

        SamTemplate.check(ProjectFiles.find().template(), longest);
        assertThat(ShippedTemplate.complete(longest)
                        .definitionSubstitutions("EipOnLaunch")
                        .get("EipTags"))
                .hasSize(1024);
        assertThatThrownBy(() -> SamTemplate.check(
                        ProjectFiles.find().template(), Map.of("EipFurtherTags", longest.get("EipFurtherTags") + "v")))
                .hasMessageContaining("at most 638 characters");
        assertThatThrownBy(
                        () -> SamTemplate.check(ProjectFiles.find().template(), Map.of("EipTagKey", "k".repeat(129))))
                .hasMessageContaining("EipTagKey");
        assertThatThrownBy(
                        () -> SamTemplate.check(ProjectFiles.find().template(), Map.of("EipTagValue", "v".repeat(257))))
                .hasMessageContaining("EipTagValue");
    }

    @Test
    void tagsOfEverySignThatIsAllowedMakeADefinitionAndAPolicyThatAreJson() throws IOException {
        var parameters = Map.of(
                "EipTagKey",
                OF_TAGS,
                "EipTagValue",
                OF_TAGS + "=",
                "EipFurtherTags",
                OF_TAGS + "=" + OF_TAGS + "=",
                "HookPoolTagKeys",
                OF_TAGS,
                "EipOrderTagKey",
                OF_TAGS,
                "EipZoneTagKey",
                OF_TAGS,
                "InstanceTagKey",
                OF_TAGS,
                "InstanceTagValue",
                OF_TAGS + "=");
        for (var parameter : parameters.entrySet()) {
            assertThat(allows(parameter.getKey(), parameter.getValue()))
                    .as(parameter.getKey())
                    .isTrue();
        }
        var template = ShippedTemplate.complete(parameters);

        for (var stateMachine : template.resources("AWS::Serverless::StateMachine")) {
            var text = ProjectFiles.find()
                    .read(template.properties(stateMachine).get("DefinitionUri").toString());
            assertThat(Definition.parse(Substitutions.apply(text, template.definitionSubstitutions(stateMachine)))
                            .allStates())
                    .isNotEmpty();
        }
        for (var policy : template.resources("AWS::IAM::Policy")) {
            var document = template.properties(policy).get("PolicyDocument");
            if (!(document instanceof String text)) {
                continue; // it is no text with parameters in it
            }
            assertThat(new ObjectMapper().readTree(text).get("Statement")).isNotEmpty();
        }
    }

    /**
     * Auto Scaling takes ASCII 33 to 126 in a new group's name, but no colon. Older groups may have a space. A comma separates names here, a quotation mark or a
     * backslash would end the text that the name is put into, and a brace could begin JSONata or a substitution there.
     *
     * @see <a href="https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_CreateAutoScalingGroup.html">
     *     CreateAutoScalingGroup</a>
     */
    @ParameterizedTest
    @ValueSource(strings = {"ReconcileGroups", "PoolGroupNames"})
    void aGroupsNameMayHaveWhatAutoScalingAllowsUnlessItTakesHarm(String parameter) throws IOException {
        for (var sign = (char) 0; sign <= 255; sign++) {
            assertThat(allows(parameter, "a" + sign + "b"))
                    .as("%s with the character %d", parameter, (int) sign)
                    .isEqualTo(OF_GROUPS.indexOf(sign) >= 0);
        }
        assertThat(allows(parameter, "a".repeat(255))).isTrue();
        assertThat(allows(parameter, "a".repeat(256))).isFalse();
        assertThat(allows(parameter, "")).isTrue();
    }

    @Test
    void groupsOfEverySignThatIsAllowedReachTheQueueAndTheScheduleAsTheyAre() throws IOException {
        var name = "a" + OF_GROUPS; // CloudFormation takes spaces from the ends of a name
        var template = ShippedTemplate.complete(
                Map.of("ReconcileGroups", name + ",second", "PoolGroupNames", name + ",second"));
        var json = new ObjectMapper();

        var schedule = template.properties(
                template.resources("AWS::Scheduler::Schedule").get(0));
        var input = ((Map<?, ?>) schedule.get("Target")).get("Input").toString();
        assertThat(json.readTree(input).get("autoScalingGroupNames"))
                .extracting(JsonNode::textValue)
                .containsExactly(name, "second");
        var definition = Substitutions.apply(
                ProjectFiles.find().read("statemachine/eip-on-launch.asl.json"),
                template.definitionSubstitutions("EipOnLaunch"));
        assertThat(json.readTree(definition)
                        .at("/States/FindFreeEip/Arguments/Payload/poolGroupNames")
                        .textValue())
                .isEqualTo(name + ",second");
        assertThat(Definition.parse(definition).allStates()).isNotEmpty();
    }

    /** CloudFormation wants the whole value to match. */
    private static boolean allows(String parameter, String value) {
        try {
            var parameters = (Map<?, ?>) CloudFormationYaml.parse(
                            Files.readString(ProjectFiles.find().template()))
                    .get("Parameters");
            return value.matches(((Map<?, ?>) parameters.get(parameter))
                    .get("AllowedPattern")
                    .toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
