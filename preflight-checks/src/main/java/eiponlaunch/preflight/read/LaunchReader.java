package eiponlaunch.preflight.read;

import static java.util.stream.Collectors.toMap;

import eiponlaunch.preflight.facts.Group;
import eiponlaunch.preflight.facts.Group.LaunchTemplate;
import eiponlaunch.preflight.facts.LaunchData;
import eiponlaunch.preflight.facts.LaunchData.Kind;
import eiponlaunch.preflight.facts.Lookup;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateVersion;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Tag;

/**
 * What the group launches instances with.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeLaunchTemplateVersions.html">DescribeLaunchTemplateVersions</a>
 * @see <a href="https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_LaunchConfiguration.html">LaunchConfiguration</a>
 */
record LaunchReader(Ec2Client ec2, AutoScalingClient autoScaling) {
    /** Each once: {@code $Latest} may be the same version as a number. */
    Lookup<List<LaunchData>> launches(Group group) {
        if (group.launchConfiguration().isPresent()) {
            return launchConfiguration(group.launchConfiguration().get()).then(data -> Lookup.of(List.of(data)));
        }
        return group.launchTemplates().isEmpty()
                ? Lookup.noAnswer(
                        "autoscaling:DescribeAutoScalingGroups",
                        "a group without launch template and launch configuration")
                : Lookup.each(group.launchTemplates(), this::launchTemplate)
                        .then(all -> Lookup.of(all.stream().distinct().toList()));
    }

    private Lookup<LaunchData> launchTemplate(LaunchTemplate template) {
        return Call.of(
                "ec2:DescribeLaunchTemplateVersions",
                () -> Lookup.of(ec2
                        .describeLaunchTemplateVersions(request -> {
                            template.id()
                                    .ifPresentOrElse(
                                            request::launchTemplateId,
                                            () -> request.launchTemplateName(
                                                    template.name().orElseThrow()));
                            request.versions(template.version());
                        })
                        .launchTemplateVersions()
                        .stream()
                        .findFirst()
                        .map(LaunchReader::data)
                        .orElseThrow()));
    }

    private static LaunchData data(LaunchTemplateVersion version) {
        var data = version.launchTemplateData();
        var primary = data.networkInterfaces().stream()
                .filter(each -> Integer.valueOf(0).equals(each.deviceIndex()))
                .filter(each -> each.networkCardIndex() == null || each.networkCardIndex() == 0)
                .findFirst();
        return new LaunchData(
                Kind.TEMPLATE,
                version.launchTemplateName() + " (version " + version.versionNumber() + ")",
                data.tagSpecifications().stream()
                        .filter(specification -> specification.resourceType() == ResourceType.INSTANCE)
                        .flatMap(specification -> specification.tags().stream())
                        .collect(toMap(Tag::key, Tag::value, (first, second) -> second)),
                primary.map(each -> each.associatePublicIpAddress()),
                primary.filter(each -> Boolean.FALSE.equals(each.deleteOnTermination()))
                        .isPresent());
    }

    /** It can neither tag instances nor keep their interfaces. */
    private Lookup<LaunchData> launchConfiguration(String name) {
        return Call.of(
                "autoscaling:DescribeLaunchConfigurations",
                () -> Lookup.of(autoScaling
                        .describeLaunchConfigurations(request -> request.launchConfigurationNames(name))
                        .launchConfigurations()
                        .stream()
                        .findFirst()
                        .map(configuration -> new LaunchData(
                                Kind.CONFIGURATION,
                                name,
                                Map.of(),
                                Optional.ofNullable(configuration.associatePublicIpAddress()),
                                false))
                        .orElseThrow()));
    }
}
