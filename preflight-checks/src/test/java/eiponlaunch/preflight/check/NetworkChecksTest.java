package eiponlaunch.preflight.check;

import static eiponlaunch.preflight.check.FindingAssert.assertFinding;

import eiponlaunch.preflight.facts.Subnet;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NetworkChecksTest {
    private final Sample sample = new Sample();

    @Test
    void failsOnASubnetWithoutAWayToTheInternet() {
        sample.subnets.add(new Subnet("subnet-c", "eu-west-1c", Optional.empty(), false, false));

        assertFinding(sample.judgedBy(new SubnetsReachInternet()))
                .failed("no route for 0.0.0.0/0 to an internet gateway: subnet-c")
                .andAdvises("add that route");
    }

    @Test
    void warnsOfASubnetThatGivesAPublicAddress() {
        sample.subnets.add(new Subnet("subnet-c", "eu-west-1c", Optional.empty(), true, true));

        assertFinding(sample.judgedBy(new SubnetsGiveNoAddress()))
                .warns("subnet-c")
                .andAdvises("--no-map-public-ip-on-launch");
    }

    @Test
    void instancesGetTheTagFromTheGroup() {
        limitTo("Service", "proxy");
        sample.groupTags = Map.of("Service", "proxy");

        assertFinding(sample.judgedBy(new InstancesTagged())).isOk();
    }

    @Test
    void instancesGetTheTagFromTheLaunchTemplate() {
        limitTo("Service", "proxy");
        sample.launchTemplateTags = Map.of("Service", "proxy");

        assertFinding(sample.judgedBy(new InstancesTagged())).isOk();
    }

    @Test
    void instancesHaveTheGroupsNameAsATagByThemselves() {
        limitTo("aws:autoscaling:groupName", "forward-proxy");

        assertFinding(sample.judgedBy(new InstancesTagged())).isOk();
    }

    @Test
    void failsWhenTheStackServesInstancesOfAnotherGroup() {
        limitTo("aws:autoscaling:groupName", "another");

        assertFinding(sample.judgedBy(new InstancesTagged()))
                .failed("get the value forward-proxy")
                .andAdvises("InstanceTagValue=forward-proxy");
    }

    @Test
    void failsWhenNothingGivesInstancesTheTag() {
        limitTo("Service", "proxy");

        assertFinding(sample.judgedBy(new InstancesTagged()))
                .failed("get no such tag")
                .andAdvises("Key=Service,Value=proxy,PropagateAtLaunch=true");
    }

    @Test
    void failsWhenTheGroupsTagHasAnotherValueWhateverTheLaunchTemplateSays() {
        limitTo("Service", "proxy");
        sample.groupTags = Map.of("Service", "mail");
        sample.launchTemplateTags = Map.of("Service", "proxy");

        assertFinding(sample.judgedBy(new InstancesTagged())).failed("get the value mail");
    }

    private void limitTo(String key, String value) {
        sample.parameters.put("InstanceTagKey", key);
        sample.parameters.put("InstanceTagValue", value);
    }
}
