package eiponlaunch.preflight.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SettingsTest {
    @Test
    void aParameterThatIsMissingHasTheTemplatesDefault() throws IOException {
        var template = Files.readString(Path.of("../sam-template.yaml"));
        var defaults = Pattern.compile("(?m)^  (\\w+):(?: \\{|\\n   ) Type: \\w+(?:,|\\n   ) Default: ([^,\\n]*)")
                .matcher(template)
                .results()
                .collect(Collectors.toMap(match -> match.group(1), match -> match.group(2)));

        assertThat(defaults).containsAllEntriesOf(Settings.DEFAULTS);
        assertThat(defaults)
                .contains(
                        entry("EipFurtherTags", "\"\""),
                        entry("HookPoolTagKeys", "\"\""),
                        entry("TerminateHookNames", "\"\""),
                        entry("InstanceTagKey", "\"\""),
                        entry("InstanceTagValue", "\"\""));
    }

    @Test
    void furtherTagsBelongToThePool() {
        var settings = Settings.of(Map.of("EipTagKey", "App", "EipTagValue", "a=b", "EipFurtherTags", "Stage=prod"));

        assertThat(settings.pools().ofTheStack().tags()).containsExactly(entry("App", "a=b"), entry("Stage", "prod"));
    }

    @Test
    void anotherPoolLeavesTheRest() {
        var settings =
                Settings.of(Map.of("HookPoolTagKeys", "Service", "DeadlineSeconds", "60", "TerminateHookNames", "a,b"));

        assertThat(settings.withPool("A=b").pools().ofTheStack().tags()).containsExactly(entry("A", "b"));
        assertThat(settings.withPool("A=b").pools().hookTagKeys()).isEqualTo("Service");
        assertThat(settings.withPool("A=b").deadlineSeconds()).isEqualTo(60);
        assertThat(settings.withPool("A=b").terminateHookNames()).containsExactly("a", "b");
    }
}
