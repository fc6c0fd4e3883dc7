package eiponlaunch.preflight.read;

import static org.assertj.core.api.Assertions.assertThat;

import eiponlaunch.preflight.facts.Group;
import eiponlaunch.preflight.facts.Group.LaunchTemplate;
import eiponlaunch.preflight.facts.LaunchData;
import eiponlaunch.preflight.facts.LaunchData.Kind;
import eiponlaunch.preflight.facts.Lookup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.model.DescribeLaunchConfigurationsRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeLaunchConfigurationsResponse;
import software.amazon.awssdk.services.autoscaling.model.LaunchConfiguration;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeLaunchTemplateVersionsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeLaunchTemplateVersionsResponse;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateInstanceNetworkInterfaceSpecification;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateTagSpecification;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateVersion;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.ResponseLaunchTemplateData;
import software.amazon.awssdk.services.ec2.model.Tag;

class LaunchReaderTest {
    private final Templates templates = new Templates();

    @Test
    void readsEachLaunchTemplateInTheVersionThatTheGroupNames() {
        assertThat(read(of("lt-x86", "1"), of("lt-arm", "$Latest"), of("lt-arm", "$Default")))
                .isEqualTo(Lookup.of(List.of(
                        data("lt-x86 (version 1)", 1), data("lt-arm (version 9)", 9), data("lt-arm (version 3)", 3))));
    }

    @Test
    void aVersionThatIsAlsoTheLatestIsReadAsOne() {
        assertThat(read(of("lt-arm", "9"), of("lt-arm", "$Latest")).orElse(List.of()))
                .containsExactly(data("lt-arm (version 9)", 9));
    }

    @Test
    void asksForALaunchTemplateByItsNameWhereNoIdIsKnown() {
        read(new LaunchTemplate(Optional.empty(), Optional.of("proxy"), "2"));

        assertThat(templates.asked).singleElement().satisfies(request -> {
            assertThat(request.launchTemplateId()).isNull();
            assertThat(request.launchTemplateName()).isEqualTo("proxy");
        });
    }

    @Test
    void whereOneCannotBeReadNoneIs() {
        assertThat(read(of("lt-x86", "1"), of("gone", "1"))).isInstanceOf(Lookup.Nothing.class);
    }

    @Test
    void ofALaunchConfigurationReadsThePublicAddress() {
        var configured = new LaunchReader(templates, new Configurations(true))
                .launches(group(List.of(), Optional.of("old-proxy")));
        var leftOpen = new LaunchReader(templates, new Configurations(null))
                .launches(group(List.of(), Optional.of("old-proxy")));

        assertThat(configured)
                .isEqualTo(Lookup.of(
                        List.of(new LaunchData(Kind.CONFIGURATION, "old-proxy", Map.of(), Optional.of(true), false))));
        assertThat(leftOpen)
                .isEqualTo(Lookup.of(
                        List.of(new LaunchData(Kind.CONFIGURATION, "old-proxy", Map.of(), Optional.empty(), false))));
    }

    @Test
    void nothingIsKnownOfAGroupThatSaysNothingOfWhatItLaunches() {
        assertThat(read())
                .isEqualTo(Lookup.noAnswer(
                        "autoscaling:DescribeAutoScalingGroups",
                        "a group without launch template and launch configuration"));
    }

    private static LaunchTemplate of(String id, String version) {
        return new LaunchTemplate(Optional.of(id), Optional.empty(), version);
    }

    private static LaunchData data(String name, int version) {
        return new LaunchData(
                Kind.TEMPLATE, name, Map.of("Version", String.valueOf(version)), Optional.of(false), true);
    }

    private Lookup<List<LaunchData>> read(LaunchTemplate... ofTheGroup) {
        return new LaunchReader(templates, new Configurations(null))
                .launches(group(List.of(ofTheGroup), Optional.empty()));
    }

    private static Group group(List<LaunchTemplate> launchTemplates, Optional<String> launchConfiguration) {
        return new Group(
                "forward-proxy",
                "arn",
                3,
                0,
                Optional.empty(),
                Map.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                launchTemplates,
                launchConfiguration,
                false);
    }

    /** Templates of nine versions, the third the default; each keeps its interface and has its version for a tag. */
    private static final class Templates implements Ec2Client {
        private final List<DescribeLaunchTemplateVersionsRequest> asked = new ArrayList<>();

        @Override
        public DescribeLaunchTemplateVersionsResponse describeLaunchTemplateVersions(
                DescribeLaunchTemplateVersionsRequest request) {
            asked.add(request);
            return DescribeLaunchTemplateVersionsResponse.builder()
                    .launchTemplateVersions(
                            "gone".equals(request.launchTemplateId())
                                    ? List.of()
                                    : request.versions().stream()
                                            .map(version -> version(request.launchTemplateId(), number(version)))
                                            .toList())
                    .build();
        }

        private static long number(String version) {
            return switch (version) {
                case "$Latest" -> 9;
                case "$Default" -> 3;
                default -> Long.parseLong(version);
            };
        }

        private static LaunchTemplateVersion version(String id, long number) {
            return LaunchTemplateVersion.builder()
                    .launchTemplateName(id)
                    .versionNumber(number)
                    .launchTemplateData(ResponseLaunchTemplateData.builder()
                            .tagSpecifications(LaunchTemplateTagSpecification.builder()
                                    .resourceType(ResourceType.INSTANCE)
                                    .tags(Tag.builder()
                                            .key("Version")
                                            .value(String.valueOf(number))
                                            .build())
                                    .build())
                            .networkInterfaces(LaunchTemplateInstanceNetworkInterfaceSpecification.builder()
                                    .deviceIndex(0)
                                    .associatePublicIpAddress(false)
                                    .deleteOnTermination(false)
                                    .build())
                            .build())
                    .build();
        }

        @Override
        public String serviceName() {
            return "ec2";
        }

        @Override
        public void close() {}
    }

    private record Configurations(Boolean publicAddress) implements AutoScalingClient {
        @Override
        public DescribeLaunchConfigurationsResponse describeLaunchConfigurations(
                DescribeLaunchConfigurationsRequest request) {
            return DescribeLaunchConfigurationsResponse.builder()
                    .launchConfigurations(request.launchConfigurationNames().stream()
                            .map(name -> LaunchConfiguration.builder()
                                    .launchConfigurationName(name)
                                    .associatePublicIpAddress(publicAddress)
                                    .build())
                            .toList())
                    .build();
        }

        @Override
        public String serviceName() {
            return "autoscaling";
        }

        @Override
        public void close() {}
    }
}
