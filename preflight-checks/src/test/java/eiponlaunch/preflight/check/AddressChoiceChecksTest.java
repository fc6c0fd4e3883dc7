package eiponlaunch.preflight.check;

import static eiponlaunch.preflight.check.FindingAssert.assertFinding;
import static org.assertj.core.api.Assertions.assertThat;

import eiponlaunch.preflight.facts.Subnet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Addresses that serve one zone alone, and addresses that are tried in the order of a tag. */
class AddressChoiceChecksTest {
    private final Sample sample = new Sample();

    @Test
    void withoutTheKeysNothingIsSaidOfThem() {
        assertThat(new ZonesHaveAddresses().judge(sample.facts())).isEmpty();
        assertThat(new AddressesOrdered().judge(sample.facts())).isEmpty();
    }

    @Test
    void failsOnAZoneOfTheGroupWithoutAnAddress() {
        zones("eu-west-1a", "eu-west-1a", "eu-west-1c");

        assertFinding(sample.judgedBy(new ZonesHaveAddresses()))
                .failed("Application=ForwardProxy: no address for launches in eu-west-1b")
                .andAdvises("the tag Zone");
    }

    @Test
    void anAddressWithoutTheTagServesEveryZone() {
        zones("eu-west-1a", "");

        assertFinding(sample.judgedBy(new ZonesHaveAddresses())).isOk();
    }

    @Test
    void theTagMayHaveTheZonesId() {
        sample.subnets.set(
                1,
                new Subnet(
                        "subnet-b",
                        "eu-west-1b",
                        Optional.of("eu-west-1"),
                        false,
                        Sample.GATEWAY,
                        Optional.of("euw1-az3"),
                        Optional.empty(),
                        false));
        zones("eu-west-1a", "euw1-az3");

        assertFinding(sample.judgedBy(new ZonesHaveAddresses())).isOk();
    }

    @Test
    void warnsOfATagThatNamesNoZoneOfTheGroup() {
        zones("eu-west-1a", "eu-west-1b", "eu-west-1B");

        assertFinding(sample.judgedBy(new ZonesHaveAddresses())).warns("never used: eipalloc-2 (eu-west-1B)");
    }

    @Test
    void aHookThatNamesTheTagIsJudgedToo() {
        zones("eu-west-1a");
        sample.parameters.clear();
        sample.hooks = List.of(Sample.hook(Sample.HOOK, 720, "{\"eipZoneTagKey\": \"Zone\"}"));

        assertFinding(sample.judgedBy(new ZonesHaveAddresses())).failed("eu-west-1b");
    }

    @Test
    void warnsOfAddressesThatLackTheTagOfTheOrder() {
        sample.parameters.put("EipOrderTagKey", "Number");
        sample.addresses.set(0, Sample.address("eipalloc-0", Map.of("Application", "ForwardProxy", "Number", "1")));

        assertFinding(sample.judgedBy(new AddressesOrdered()))
                .warns("5 of 6 addresses lack the tag Number and are tried last: eipalloc-1")
                .andAdvises("aws ec2 create-tags --resources eipalloc-1");

        sample.addresses.subList(1, 6).clear();
        assertFinding(sample.judgedBy(new AddressesOrdered())).isOk();
    }

    private void zones(String... zones) {
        sample.parameters.put("EipZoneTagKey", "Zone");
        sample.addresses.clear();
        for (var number = 0; number < zones.length; number++) {
            sample.addresses.add(
                    Sample.address("eipalloc-" + number, Map.of("Application", "ForwardProxy", "Zone", zones[number])));
        }
    }
}
