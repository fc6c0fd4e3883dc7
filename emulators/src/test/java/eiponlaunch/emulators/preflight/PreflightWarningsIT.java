package eiponlaunch.emulators.preflight;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static eiponlaunch.emulators.preflight.ProxyAccount.GROUP;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import eiponlaunch.emulators.Endpoints;
import eiponlaunch.emulators.wire.Wire;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.autoscaling.model.InstanceReusePolicy;

/** What launches get by with, and what could not be looked at. */
class PreflightWarningsIT extends PreflightOverTheWire {
    @Test
    void warnsOfAPoolWithoutHeadroomForTheMaintenancePolicy() {
        wire.rewrite(
                "DescribeAutoScalingGroups",
                Endpoints.moto(),
                groups -> groups.replace(
                        "<MaxSize>",
                        "<InstanceMaintenancePolicy><MinHealthyPercentage>100</MinHealthyPercentage>"
                                + "<MaxHealthyPercentage>200</MaxHealthyPercentage></InstanceMaintenancePolicy><MaxSize>"));
        account.release(1);

        assertOnlyWarns("PoolHeadroom", "needs up to 3 more");
    }

    @Test
    void warnsOfAWarmPoolWhoseInstancesKeepTheirAddresses() {
        putWarmPool(4);

        assertOnlyWarns("WarmPoolHoldsNoAddress", "up to 7 instances");
    }

    /** moto's warm pools hold no instances. */
    @Test
    void theAddressesOfAWarmPoolAreTheGroupsOnHoweverManyPagesItIs() {
        putWarmPool(3);
        var first = account.runWithAddress(0);
        var second = account.runWithAddress(1);
        wire.answerFirst("DescribeWarmPool", body -> !body.contains("NextToken="), warmPool(first, "next"));
        wire.answerFirst("DescribeWarmPool", body -> body.contains("NextToken=next"), warmPool(second, ""));

        var ended = run();

        assertThat(ended.checks("failed", "warning")).as("%s", ended).isEmpty();
        assertThat(ended.seen("WarmPoolHoldsNoAddress"))
                .startsWith("up to 6 instances")
                .contains("now in the warm pool: 2");
    }

    private static ResponseDefinitionBuilder warmPool(String instanceId, String nextToken) {
        return Wire.xml(
                200,
                "<DescribeWarmPoolResponse xmlns=\"http://autoscaling.amazonaws.com/doc/2011-01-01/\"><DescribeWarmPoolResult>"
                        + "<Instances><member><InstanceId>" + instanceId + "</InstanceId>"
                        + "<LifecycleState>Warmed:Stopped</LifecycleState></member></Instances>"
                        + (nextToken.isEmpty() ? "" : "<NextToken>" + nextToken + "</NextToken>")
                        + "</DescribeWarmPoolResult></DescribeWarmPoolResponse>");
    }

    private void putWarmPool(int minSize) {
        account.autoScaling.putWarmPool(request -> request.autoScalingGroupName(GROUP)
                .minSize(minSize)
                .instanceReusePolicy(
                        InstanceReusePolicy.builder().reuseOnScaleIn(true).build()));
    }

    @Test
    void warnsOfAnInstanceThatIsInServiceWithoutAnAddress() {
        account.autoScaling.setDesiredCapacity(
                request -> request.autoScalingGroupName(GROUP).desiredCapacity(1));

        assertOnlyWarns("PoolFreeNow", "in service without an address of Application=ForwardProxy: i-");
    }

    /** ministack, which has no rules but those of the test, says which of them matches. */
    @Test
    void warnsOfAnotherRuleThatMatchesTheSameLaunches() {
        wire.answerTarget("AWSEvents.ListRules", aResponse().withBody("""
                {"Rules": [
                  {"Name": "other-stack-LaunchRule", "State": "ENABLED", "EventPattern":
                    "{\\"source\\": [\\"aws.autoscaling\\"], \\"detail-type\\": [\\"EC2 Instance-launch Lifecycle Action\\"]}"},
                  {"Name": "disabled", "State": "DISABLED", "EventPattern": "{\\"source\\": [\\"aws.autoscaling\\"]}"},
                  {"Name": "terminations", "State": "ENABLED", "EventPattern":
                    "{\\"source\\": [\\"aws.autoscaling\\"], \\"detail-type\\": [\\"EC2 Instance-terminate Lifecycle Action\\"]}"}
                ]}"""));

        assertOnlyWarns("RuleMatchesHook", "match the same launches: other-stack-LaunchRule");
    }

    @Test
    void warnsOfAnAddressWithoutTags() {
        var untagged = account.allocate(Map.of());

        assertOnlyWarns("AddressesTagged", untagged);
    }

    @Test
    void warnsOfAnAddressThatAServiceManages() {
        var managed = account.addresses.get(0);
        wire.rewrite(
                "DescribeAddresses",
                Endpoints.moto(),
                addresses -> addresses.replace(
                        "<allocationId>" + managed, "<serviceManaged>nlb</serviceManaged><allocationId>" + managed));

        assertOnlyWarns("PoolUsable", managed + " (nlb)");
    }

    @Test
    void warnsOfASubnetThatGivesAPublicAddress() {
        var subnet = account.subnets.get(0);
        account.ec2.modifySubnetAttribute(
                request -> request.subnetId(subnet).mapPublicIpOnLaunch(value -> value.value(true)));

        assertOnlyWarns("SubnetsGiveNoAddress", subnet);
    }

    @ParameterizedTest
    @CsvSource({
        "associatePublicIpAddress>true, SubnetsGiveNoAddress, AssociatePublicIpAddress true",
        "deleteOnTermination>false, InterfacesAreDeleted, DeleteOnTermination false",
    })
    void warnsOfWhatTheLaunchTemplateSaysOfThePrimaryInterface(String setting, String check, String seen) {
        wire.rewrite(
                "DescribeLaunchTemplateVersions",
                Endpoints.moto(),
                versions -> versions.replaceFirst(
                        "<launchTemplateData>",
                        "<launchTemplateData><networkInterfaceSet><item><deviceIndex>0</deviceIndex><" + setting + "</"
                                + setting.split(">")[0] + "></item></networkInterfaceSet>"));

        assertOnlyWarns(check, seen);
    }

    @Test
    void warnsOfALaunchTemplateThatOnlyAnOverrideOfTheMixedInstancesPolicyNames() {
        var another = account.launchAlsoWithAnotherTemplate();

        assertOnlyWarns("InterfacesAreDeleted", "the launch template " + another + " (version 1) keeps");
        assertThat(wire.sent("DescribeLaunchTemplateVersions")).hasSize(2);
    }

    @Test
    void warnsOfALaunchConfigurationThatGivesAPublicAddress() {
        account.launchWithAConfiguration();

        assertOnlyWarns(
                "SubnetsGiveNoAddress", "AssociatePublicIpAddress true of the launch configuration forward-proxy-");
    }

    @Test
    void whoMayNotReadALaunchConfigurationIsToldThePermission() {
        account.launchWithAConfiguration();
        deny("autoscaling", "DescribeLaunchConfigurations");

        var ended = run();

        assertThat(ended.exit()).as("%s", ended).isEqualTo(3);
        assertThat(ended.checks("notChecked")).containsExactly("SubnetsGiveNoAddress", "InterfacesAreDeleted");
        assertThat(ended.seen("SubnetsGiveNoAddress"))
                .isEqualTo("not allowed to check: needs autoscaling:DescribeLaunchConfigurations");
    }

    @Test
    void warnsOfMetadataThatIsNoJson() {
        metadataIs("owner: network team");

        assertOnlyWarns("HookPoolReadable", "is not JSON");
    }

    @Test
    void whereAnAnswerHoldsNothingNothingIsChecked() {
        wire.passOnTarget("AWSEvents.TestEventPattern", Endpoints.moto());

        assertThat(run().exit()).isEqualTo(3);
        assertThat(run().seen("RuleMatchesHook")).isEqualTo("could not look: events:TestEventPattern answered nothing");
    }

    @Test
    void warnsWhenAServiceFails() {
        wire.answer("DescribeAddresses", Wire.ec2Error(400, "InternalFailure", "An internal error has occurred"));

        assertThat(run().seen("PoolLargeEnough"))
                .isEqualTo("could not look: ec2:DescribeAddresses answered InternalFailure:"
                        + " An internal error has occurred");
    }

    @ParameterizedTest
    @CsvSource({
        "cloudformation:DescribeStacks, StackDeployed",
        "cloudformation:DescribeStackResources, StackDeployed",
        "autoscaling:DescribeAutoScalingGroups, GroupExists",
        "autoscaling:DescribeLifecycleHooks, HookHolds",
        "autoscaling:DescribeWarmPool, PoolLargeEnough",
        "ec2:DescribeAddresses, PoolLargeEnough",
        "ec2:DescribeSubnets, BorderGroupsAgree",
        "ec2:DescribeRouteTables, BorderGroupsAgree",
        "ec2:DescribeAvailabilityZones, BorderGroupsAgree",
        "ec2:DescribeLaunchTemplateVersions, SubnetsGiveNoAddress",
        "events:DescribeRule, RuleStartsWorkflow",
        "events:ListTargetsByRule, RuleStartsWorkflow",
        "events:TestEventPattern, RuleMatchesHook",
        "iam:SimulatePrincipalPolicy, RolesMayCall",
        "lambda:GetFunctionConfiguration, HeartbeatLongEnough",
    })
    void whoMayNotLookIsToldThePermissionAndThatItIsNoPass(String permission, String check) {
        putWarmPool(0);
        deny(permission.split(":")[0], permission.split(":")[1]);

        var ended = run();

        assertThat(ended.exit()).as("%s", ended).isEqualTo(3);
        assertThat(ended.checks("notChecked")).startsWith(check);
        assertThat(ended.seen(check)).isEqualTo("not allowed to check: needs " + permission);
        assertThat(ended.checks("notChecked"))
                .filteredOn(other -> !other.equals(check))
                .allSatisfy(other -> assertThat(ended.seen(other)).isEqualTo("see " + check));
        assertThat(ended.out() + ended.err()).doesNotContain("Exception");
    }

    @ParameterizedTest
    @ValueSource(strings = {"DescribeSubnets", "DescribeRouteTables", "DescribeAvailabilityZones"})
    void withoutTheSubnetsNothingThatNeedsThemIsChecked(String operation) {
        deny("ec2", operation);

        assertThat(run().checks("notChecked"))
                .containsExactly(
                        "BorderGroupsAgree", "ZonesHaveAddresses", "SubnetsReachInternet", "SubnetsGiveNoAddress");
    }

    private void deny(String service, String operation) {
        switch (service) {
            case "ec2" -> wire.answer(operation, Wire.ec2Error(403, "UnauthorizedOperation", "You are not authorized"));
            case "events" -> wire.answerTarget("AWSEvents." + operation, jsonDenial());
            case "lambda" -> wire.answerGet("/2015-03-31/functions/.*", jsonDenial());
            default -> wire.answer(operation, Wire.autoScalingError(403, "AccessDenied", "User is not authorized"));
        }
    }

    private static ResponseDefinitionBuilder jsonDenial() {
        return aResponse()
                .withStatus(403)
                .withHeader("x-amzn-ErrorType", "AccessDeniedException")
                .withBody("{\"__type\": \"AccessDeniedException\", \"Message\": \"User is not authorized\"}");
    }
}
