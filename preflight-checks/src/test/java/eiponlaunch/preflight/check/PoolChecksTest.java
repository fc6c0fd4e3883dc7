package eiponlaunch.preflight.check;

import static eiponlaunch.preflight.check.FindingAssert.assertFinding;
import static eiponlaunch.preflight.check.Sample.address;
import static eiponlaunch.preflight.check.Sample.heldBy;
import static eiponlaunch.preflight.check.Sample.hook;
import static eiponlaunch.preflight.check.Sample.in;
import static eiponlaunch.preflight.check.Sample.managedBy;
import static eiponlaunch.preflight.check.Sample.member;
import static eiponlaunch.preflight.check.Sample.withoutPublicIp;
import static org.assertj.core.api.Assertions.assertThat;

import eiponlaunch.preflight.facts.Group.MaintenancePolicy;
import eiponlaunch.preflight.facts.Group.WarmPool;
import eiponlaunch.preflight.facts.Status;
import eiponlaunch.preflight.facts.Subnet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PoolChecksTest {
    private final Sample sample = new Sample();

    @ParameterizedTest
    @CsvSource({"6, ok", "7, failed"})
    void poolHasAnAddressForEachInstance(int maxSize, Status status) {
        sample.maxSize = maxSize;

        assertThat(sample.judgedBy(new PoolLargeEnough()).status()).isEqualTo(status);
    }

    @Test
    void failsOnAPoolThatIsTooSmallAndSaysHowManyToAllocate() {
        sample.maxSize = 8;

        assertFinding(sample.judgedBy(new PoolLargeEnough()))
                .failed("6 addresses, maximum size 8")
                .andAdvises("allocate 2 more addresses, or lower the maximum size\n"
                        + "for n in $(seq 2); do aws ec2 allocate-address --domain vpc --tag-specifications"
                        + " '[{\"ResourceType\":\"elastic-ip\",\"Tags\":[{\"Key\":\"Application\",\"Value\":\"ForwardProxy\"}]}]'"
                        + "; done");
    }

    @Test
    void whatTheChecksAdviseToAllocateAddsUpToWhatThePoolNeedsInAll() {
        sample.maxSize = 8;
        sample.desiredCapacity = 8;
        sample.warmPool = Optional.of(new WarmPool(4, Optional.empty(), true));

        assertFinding(sample.judgedBy(new PoolLargeEnough())).failed("").andAdvises("allocate 2 more addresses");
        assertFinding(sample.judgedBy(new PoolHeadroom())).warns("").andAdvises("allocate 1 more address ");
        assertFinding(sample.judgedBy(new PoolFreeNow())).warns("").andAdvises("for the checks above are enough");
        assertFinding(sample.judgedBy(new WarmPoolHoldsNoAddress())).warns("").andAdvises("allocate 3 more addresses");
    }

    @Test
    void addressesInUseOutsideTheGroupAreNoHeadroom() {
        sample.addresses.set(0, heldBy("i-other", address("eipalloc-0")));
        sample.addresses.set(1, heldBy("i-other", address("eipalloc-1")));
        sample.maxSize = 4;

        assertFinding(sample.judgedBy(new PoolHeadroom())).warns("0 more than").andAdvises("allocate 1 more address");
    }

    @Test
    void aCommandCanBePastedWhateverIsInTheNames() {
        sample.maxSize = 7;
        sample.parameters.put("EipTagValue", "Bob's; rm -rf $HOME");
        sample.addresses.clear();

        assertFinding(sample.judgedBy(new PoolLargeEnough()))
                .failed("")
                .andAdvises("\"Value\":\"Bob'\\''s; rm -rf $HOME\"}]}]'; done");
    }

    @Test
    void warnsOfAddressesThatNoInstanceHolds() {
        sample.addresses.add(heldBy(null, address("eipalloc-9")));

        assertFinding(sample.judgedBy(new PoolUsable()))
                .warns("held by no instance, so they do not come back by themselves: eipalloc-9")
                .andAdvises("delete the network interfaces");
    }

    @Test
    void countsOnlyAddressesWithEveryTagOfThePool() {
        sample.parameters.put("EipFurtherTags", "Stage=prod");
        sample.addresses.set(0, address("eipalloc-0", Map.of("Application", "ForwardProxy", "Stage", "prod")));

        assertFinding(sample.judgedBy(new PoolLargeEnough())).failed("Application=ForwardProxy,Stage=prod: 1 address,");
    }

    @Test
    void doesNotCountAnAddressThatAServiceManagesNorOneOfAnotherBorderGroup() {
        sample.maxSize = 5;
        sample.addresses.set(0, managedBy("nlb", address("eipalloc-0")));
        sample.addresses.set(1, in("eu-west-1-lhr-1", address("eipalloc-1")));

        assertFinding(sample.judgedBy(new PoolLargeEnough())).failed("4 addresses, maximum size 5");
    }

    @Test
    void warnsOfAddressesInUseOutsideTheGroup() {
        sample.members = List.of(member("i-of-the-group", "InService"));
        sample.addresses.set(0, heldBy("i-of-the-group", address("eipalloc-0")));
        for (var i = 1; i < 5; i++) {
            sample.addresses.set(i, heldBy("i-other", address("eipalloc-" + i)));
        }

        assertFinding(sample.judgedBy(new PoolLargeEnough())).warns("4 in use outside the group");
    }

    /** They keep it until somebody terminates them. */
    @Test
    void anAddressOfAnInstanceThatTheGroupRetainsIsThereForNoLaunch() {
        sample.members = List.of(member("i-1", "Terminating:Wait"), member("i-2", "Terminating:Retained"));
        sample.addresses.set(0, heldBy("i-1", address("eipalloc-0")));
        sample.addresses.set(1, heldBy("i-2", address("eipalloc-1")));

        sample.maxSize = 5;
        assertFinding(sample.judgedBy(new PoolLargeEnough())).isOk();
        assertFinding(sample.judgedBy(new PoolHeadroom())).warns("0 more than").andAdvises("allocate 1 more address");

        sample.maxSize = 6;
        assertFinding(sample.judgedBy(new PoolLargeEnough()))
                .warns("maximum size 6, but 1 held by instances that the group retains")
                .andAdvises("allocate 1 more address, or terminate the retained instances\n");
    }

    @Test
    void tellsAddressesThatOthersUseFromThoseOfRetainedInstances() {
        sample.members = List.of(member("i-1", "Terminating:Retained"));
        sample.maxSize = 5;
        sample.addresses.set(0, heldBy("i-1", address("eipalloc-0")));
        sample.addresses.set(1, heldBy("i-other", address("eipalloc-1")));

        assertFinding(sample.judgedBy(new PoolLargeEnough()))
                .warns("but 1 in use outside the group and 1 held by instances that the group retains")
                .andAdvises(
                        "allocate 1 more address, or give other users a pool of their own, or terminate the retained"
                                + " instances\n");
    }

    @Test
    void judgesThePoolThatTheHookChooses() {
        sample.parameters.put("HookPoolTagKeys", "Service");
        sample.hooks = List.of(hook(Sample.HOOK, 720, "{\"eipPool\": {\"Service\": \"mail\"}}"));

        assertFinding(sample.judgedBy(new PoolLargeEnough())).failed("Service=mail: 0 addresses");
    }

    @ParameterizedTest
    @CsvSource({
        "5, 90, 100, ok", // the refresh's own defaults: one at a time
        "6, 90, 100, warning",
        "4, 100, 150, ok", // half of four
        "4, 100, 160, warning", // three, as parts of an instance are rounded up
        "5, 100, 100, ok", // one at least, whatever the percentages say
        "6, 100, 100, warning",
        "3, 100, 200, ok",
        "4, 50, 100, ok", // half of four end at once and keep their addresses until they have ended
        "5, 50, 100, warning",
    })
    void poolHasHeadroomForAnInstanceRefresh(int maxSize, int minHealthy, int maxHealthy, Status status) {
        sample.maxSize = maxSize;
        sample.maintenance = Optional.of(new MaintenancePolicy(minHealthy, maxHealthy));

        assertThat(sample.judgedBy(new PoolHeadroom()).status()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"5, ok", "6, warning"})
    void withoutAMaintenancePolicyARefreshHasItsDefaults(int maxSize, Status status) {
        sample.maxSize = maxSize;

        assertThat(sample.judgedBy(new PoolHeadroom()).status()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"6, ok", "7, warning"})
    void freeAddressesSufficeForTheLaunchesThatAreToCome(int desiredCapacity, Status status) {
        sample.desiredCapacity = desiredCapacity;

        assertThat(sample.judgedBy(new PoolFreeNow()).status()).isEqualTo(status);
    }

    @Test
    void instancesInServiceAreNotToCome() {
        sample.desiredCapacity = 6;
        sample.members = List.of(member("i-1", "InService"), member("i-2", "Pending:Wait"));
        sample.addresses.set(0, heldBy("i-1", address("eipalloc-0")));

        assertFinding(sample.judgedBy(new PoolFreeNow())).isOk();
    }

    /** As in a refresh that launches before it ends what it replaces. */
    @Test
    void anInstanceOnItsWayBeyondTheDesiredCapacityIsToComeAsWell() {
        sample.desiredCapacity = 1;
        sample.members = List.of(member("i-1", "InService"), member("i-2", "Pending:Wait"));
        sample.addresses.set(0, heldBy("i-1", address("eipalloc-0")));
        sample.addresses.subList(1, 6).clear();

        assertFinding(sample.judgedBy(new PoolFreeNow())).warns("still to come into service: 1, so launches wait");
    }

    /** It keeps its address and comes back into service without a launch. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ReplacingRootVolume",
                "ReplacingRootVolume:Wait",
                "ReplacingRootVolume:Proceed",
                "RootVolumeReplaced"
            })
    void anInstanceThatGetsAnotherRootVolumeIsNotToCome(String lifecycleState) {
        sample.desiredCapacity = 6;
        sample.members = List.of(member("i-1", lifecycleState));
        sample.addresses.set(0, heldBy("i-1", address("eipalloc-0")));

        assertFinding(sample.judgedBy(new PoolFreeNow())).isOk();
    }

    @Test
    void aLaunchThatHasItsAddressAlreadyNeedsNoFreeOne() {
        sample.desiredCapacity = 6;
        for (var i = 0; i < 6; i++) {
            sample.members.add(member("i-" + i, i < 4 ? "InService" : "Pending:Wait"));
            sample.addresses.set(i, heldBy("i-" + i, address("eipalloc-" + i)));
        }

        assertFinding(sample.judgedBy(new PoolFreeNow())).isOk();

        sample.desiredCapacity = 7;
        assertFinding(sample.judgedBy(new PoolFreeNow()))
                .warns("0 free; instances still to come into service: 3, with an address already: 2, so launches wait")
                .andAdvises("allocate 1 more address,");
    }

    @Test
    void warnsOfAnInstanceInServiceWithoutAnAddress() {
        sample.members = List.of(member("i-1", "InService"), member("i-2", "Terminating"));

        assertFinding(sample.judgedBy(new PoolFreeNow()))
                .warns("in service without an address of Application=ForwardProxy: i-1")
                .andAdvises(
                        "start the state machine Reconcile, first as a dry run (docs/guide.md, Instances that already run)\n"
                                + "aws stepfunctions start-execution --state-machine-arn " + Sample.RECONCILE
                                + " --input"
                                + " '{\"autoScalingGroupName\":\"forward-proxy\",\"dryRun\":true}'");
    }

    @Test
    void warnsOfAnAddressThatAServiceManages() {
        sample.addresses.add(managedBy("rnat", address("eipalloc-9")));

        assertFinding(sample.judgedBy(new PoolUsable())).warns("eipalloc-9 (rnat)");
    }

    @Test
    void warnsOfAnAddressWithoutAPublicIpAndDoesNotCountIt() {
        sample.addresses.subList(1, sample.addresses.size()).clear();
        sample.addresses.add(withoutPublicIp("eipalloc-9"));

        assertFinding(sample.judgedBy(new PoolUsable())).warns("eipalloc-9 (no public IP)");
        assertFinding(sample.judgedBy(new PoolLargeEnough())).failed("Application=ForwardProxy: 1 address,");
    }

    @Test
    void leavesAnAddressAloneThatAServiceManagesOutsideThePool() {
        sample.addresses.add(managedBy("alb", address("eipalloc-9", Map.of())));

        assertFinding(sample.judgedBy(new PoolUsable())).isOk();
    }

    @Test
    void warnsOfAFreeAddressWithoutTags() {
        sample.addresses.add(address("eipalloc-9", Map.of()));

        assertFinding(sample.judgedBy(new AddressesTagged()))
                .warns("eipalloc-9")
                .andAdvises("aws ec2 create-tags --resources eipalloc-9 --tags"
                        + " '[{\"Key\":\"Application\",\"Value\":\"ForwardProxy\"}]'");
    }

    @ParameterizedTest
    @CsvSource({"application, ForwardProxy", "Application, forwardproxy", "Application, 'ForwardProxy '"})
    void warnsOfAnAddressThatIsTaggedAlmostAsThePool(String key, String value) {
        sample.addresses.add(address("eipalloc-9", Map.of(key, value)));

        assertFinding(sample.judgedBy(new AddressesTagged())).warns("eipalloc-9");
    }

    @Test
    void warnsOfAnAddressWithSomeOfThePoolsTags() {
        sample.parameters.put("EipFurtherTags", "Stage=prod");
        sample.addresses.clear();
        sample.addresses.add(address("eipalloc-9", Map.of("Application", "ForwardProxy")));

        assertFinding(sample.judgedBy(new AddressesTagged())).warns("eipalloc-9");
    }

    @Test
    void warnsOfAnAddressOutsideThePoolThatTheGroupUses() {
        sample.members = List.of(member("i-1", "InService"));
        sample.addresses.add(heldBy("i-1", address("eipalloc-9", Map.of("Name", "old"))));

        assertFinding(sample.judgedBy(new AddressesTagged())).warns("eipalloc-9");
    }

    @Test
    void leavesAnAddressAloneThatIsForSomethingElse() {
        sample.addresses.add(address("eipalloc-8", Map.of("Application", "Mail")));
        sample.addresses.add(heldBy("i-other", address("eipalloc-9", Map.of())));

        assertFinding(sample.judgedBy(new AddressesTagged())).isOk();
    }

    @Test
    void failsWhenTheGroupLaunchesWhereNoAddressWorks() {
        sample.subnets.add(
                new Subnet("subnet-c", "eu-west-1-lhr-1a", Optional.of("eu-west-1-lhr-1"), false, Sample.GATEWAY));

        assertFinding(sample.judgedBy(new BorderGroupsAgree()))
                .failed("no address for launches in eu-west-1-lhr-1")
                .andAdvises("--network-border-group");
    }

    @Test
    void acceptsAPoolWithAddressesForEachBorderGroup() {
        sample.subnets.add(
                new Subnet("subnet-c", "eu-west-1-lhr-1a", Optional.of("eu-west-1-lhr-1"), false, Sample.GATEWAY));
        sample.addresses.add(in("eu-west-1-lhr-1", address("eipalloc-9")));

        assertFinding(sample.judgedBy(new BorderGroupsAgree())).isOk();
    }

    @Test
    void warnsOfAnAddressThatWorksNowhereInTheGroup() {
        sample.addresses.add(in("eu-west-1-lhr-1", address("eipalloc-9")));

        assertFinding(sample.judgedBy(new BorderGroupsAgree())).warns("eipalloc-9 (eu-west-1-lhr-1)");
    }

    @Test
    void whereEc2TellsNoBorderGroupAnAddressWorks() {
        sample.addresses.replaceAll(address -> in(null, address));

        assertFinding(sample.judgedBy(new BorderGroupsAgree())).isOk();
        assertFinding(sample.judgedBy(new PoolLargeEnough())).isOk();
    }
}
