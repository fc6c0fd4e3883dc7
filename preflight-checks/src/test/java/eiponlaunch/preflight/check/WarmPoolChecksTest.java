package eiponlaunch.preflight.check;

import static eiponlaunch.preflight.check.FindingAssert.assertFinding;
import static eiponlaunch.preflight.check.Sample.address;
import static eiponlaunch.preflight.check.Sample.heldBy;
import static eiponlaunch.preflight.check.Sample.hook;
import static eiponlaunch.preflight.check.Sample.member;
import static eiponlaunch.preflight.check.Sample.terminateHook;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import eiponlaunch.preflight.facts.Account;
import eiponlaunch.preflight.facts.Group.Member;
import eiponlaunch.preflight.facts.Group.WarmPool;
import eiponlaunch.preflight.facts.Lookup;
import eiponlaunch.preflight.facts.Status;
import eiponlaunch.preflight.report.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A pool of six for a group with a warm pool, whose instances Auto Scaling lists apart from those of the group. */
class WarmPoolChecksTest {
    private final Sample sample = new Sample();

    @ParameterizedTest
    @ValueSource(strings = {"Warmed:Stopped", "Warmed:Hibernated", "Warmed:Running", "Warmed:Pending:Wait"})
    void anAddressOfAnInstanceInTheWarmPoolIsNotInUseOutsideTheGroup(String lifecycleState) {
        sample.warmPool = Optional.of(new WarmPool(0, Optional.empty(), true));
        sample.maxSize = 5;
        warm(2, lifecycleState);

        assertFinding(sample.judgedBy(new PoolLargeEnough())).isOk();
        assertFinding(sample.judgedBy(new PoolHeadroom())).isOk();
        assertThat(sample.judgedBy(new WarmPoolHoldsNoAddress()).seen())
                .isEqualTo(
                        "up to 5 instances may hold an address, as they keep it when they go back into the warm pool;"
                                + " now in the warm pool: 2; Application=ForwardProxy has 6 addresses");
    }

    @ParameterizedTest
    @CsvSource({"3, ok", "4, warning"})
    void anAddressThatIsInTheWarmPoolAlreadyIsCountedOnce(int minSize, Status status) {
        sample.warmPool = Optional.of(new WarmPool(minSize, Optional.empty(), true));
        warm(2, "Warmed:Stopped");

        var finding = sample.judgedBy(new WarmPoolHoldsNoAddress());
        assertThat(finding.status()).isEqualTo(status);
        if (status == Status.warning) {
            assertFinding(finding).warns("up to 7 instances").andAdvises("allocate 1 more address,");
        }
    }

    @Test
    void whatOthersHoldIsMissingBesideTheWarmPoolsAddresses() {
        sample.warmPool = Optional.of(new WarmPool(3, Optional.empty(), true));
        warm(2, "Warmed:Stopped");
        sample.addresses.set(5, heldBy("i-other", address("eipalloc-5")));

        assertFinding(sample.judgedBy(new WarmPoolHoldsNoAddress()))
                .warns("up to 6 instances may hold an address")
                .andAdvises("allocate 1 more address,");
    }

    /** Somebody gave it one by hand, or the policy or the hook is younger than its return. */
    @ParameterizedTest
    @CsvSource({"0, 0, ok", "1, 0, warning", "0, 7, warning", "1, 8, warning"})
    void withoutReuseOnlyThoseCountThatHoldAnAddressAndMayStay(int minSize, int maxPrepared, Status status) {
        sample.warmPool = Optional.of(new WarmPool(minSize, Optional.of(maxPrepared), false));
        sample.maxSize = 6;
        warm(1, "Warmed:Stopped");

        assertFinding(sample.judgedBy(new PoolLargeEnough())).isOk();
        var finding = sample.judgedBy(new WarmPoolHoldsNoAddress());
        assertThat(finding.status()).isEqualTo(status);
        if (status == Status.warning) {
            assertFinding(finding)
                    .warns("up to 7 instances may hold an address; now in the warm pool: 1;")
                    .andAdvises("or take the addresses from the instances of the warm pool");
        }
    }

    @Test
    void withEarlyReleaseToo() {
        sample.withEarlyRelease().warmPool = Optional.of(new WarmPool(4, Optional.empty(), true));
        sample.maxSize = 6;
        warm(1, "Warmed:Stopped");

        assertFinding(sample.judgedBy(new WarmPoolHoldsNoAddress())).warns("up to 7 instances");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Warmed:Pending:Retained", "Warmed:Terminating:Retained"})
    void anInstanceOfTheWarmPoolMayBeRetainedToo(String lifecycleState) {
        sample.warmPool = Optional.of(new WarmPool(0, Optional.empty(), false));
        sample.maxSize = 6;
        warm(1, lifecycleState);

        assertFinding(sample.judgedBy(new PoolLargeEnough())).warns("1 held by instances that the group retains");
        assertFinding(sample.judgedBy(new WarmPoolHoldsNoAddress())).isOk();
    }

    @Test
    void anInstanceThatWasSeenInTheGroupAndThenInTheWarmPoolIsInTheWarmPool() {
        sample.warmPool = Optional.of(new WarmPool(0, Optional.empty(), true));
        warm(1, "Warmed:Pending");
        sample.members = List.of(member("i-warm-0", "InService"));
        sample.addresses.set(0, address("eipalloc-0"));

        assertFinding(sample.judgedBy(new PoolFreeNow())).isOk();
    }

    @Test
    void warnsOfAnAddressOutsideThePoolThatTheWarmPoolUses() {
        sample.warmPool = Optional.of(new WarmPool(0, Optional.empty(), true));
        warm(1, "Warmed:Stopped");
        sample.addresses.set(0, heldBy("i-warm-0", address("eipalloc-0", Map.of("Name", "old"))));

        assertFinding(sample.judgedBy(new AddressesTagged())).warns("eipalloc-0");
    }

    @Test
    void whoMayNotLookIntoTheWarmPoolIsToldAndOnlyThePoolIsNotChecked() {
        sample.warmPool = Optional.of(new WarmPool(0, Optional.empty(), true));
        sample.warmMembers = Lookup.notAllowed("autoscaling:DescribeWarmPool");

        var account = new Account("123456789012", "aws", "eu-west-1", Sample.OPERATOR);
        assertThat(Report.of(account, sample.facts()).findings())
                .filteredOn(finding -> finding.status() != Status.ok)
                .extracting(Finding::check, Finding::seen)
                .containsExactly(
                        tuple("PoolLargeEnough", "not allowed to check: needs autoscaling:DescribeWarmPool"),
                        tuple("PoolHeadroom", "see PoolLargeEnough"),
                        tuple("PoolFreeNow", "see PoolLargeEnough"),
                        tuple("PoolUsable", "see PoolLargeEnough"),
                        tuple("AddressesTagged", "see PoolLargeEnough"),
                        tuple("WarmPoolHoldsNoAddress", "see PoolLargeEnough"));
    }

    @Test
    void warmPoolWithoutReuseNeedsNothing() {
        sample.warmPool = Optional.of(new WarmPool(9, Optional.of(9), false));

        assertFinding(sample.judgedBy(new WarmPoolHoldsNoAddress())).isOk();
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    void warmPoolWithReuseNeedsAnAddressForEachInstanceInIt(int minSize) {
        sample.warmPool = Optional.of(new WarmPool(minSize, Optional.empty(), true));

        assertFinding(sample.judgedBy(new WarmPoolHoldsNoAddress()))
                .warns("up to " + (3 + minSize) + " instances")
                .andAdvises("ReuseOnScaleIn=false");
    }

    @Test
    void warmPoolWithReuseNeedsNothingWhereTerminatingHooksGiveThePoolBack() {
        sample.withEarlyRelease().warmPool = Optional.of(new WarmPool(4, Optional.empty(), true));

        assertFinding(sample.judgedBy(new WarmPoolHoldsNoAddress())).isOk();
    }

    @Test
    void warmPoolWithReuseNeedsAddressesWhereTheTerminatingHookGivesBackThoseOfAnotherPool() {
        sample.withEarlyRelease().warmPool = Optional.of(new WarmPool(4, Optional.empty(), true));
        sample.parameters.put("HookPoolTagKeys", "Service");
        sample.terminateHooks =
                List.of(terminateHook(Sample.TERMINATE_HOOK, 300, "{\"eipPool\": {\"Service\": \"mail\"}}"));

        assertFinding(sample.judgedBy(new WarmPoolHoldsNoAddress())).warns("up to 7 instances");
    }

    @Test
    void warmPoolWithReuseNeedsAddressesWhereNoHookHoldsTerminations() {
        sample.withEarlyRelease().warmPool = Optional.of(new WarmPool(4, Optional.empty(), true));

        sample.terminateHooks = List.of();
        assertFinding(sample.judgedBy(new WarmPoolHoldsNoAddress())).warns("up to 7 instances");

        sample.terminateHooks = List.of(hook(Sample.TERMINATE_HOOK, 300, null));
        assertFinding(sample.judgedBy(new WarmPoolHoldsNoAddress())).warns("up to 7 instances");
    }

    @Test
    void warmPoolWithReuseNeedsAddressesWhereTheStackDoesNotAnswerTerminations() {
        sample.warmPool = Optional.of(new WarmPool(4, Optional.empty(), true));
        sample.hooks = List.of(terminateHook(Sample.HOOK, 720, null));

        assertFinding(sample.judgedBy(new WarmPoolHoldsNoAddress())).warns("up to 7 instances");
    }

    @ParameterizedTest
    @CsvSource({"3, 6, ok", "0, 7, warning"})
    void warmPoolWithReuseIsBoundedByItsSizes(int minSize, int maxPrepared, Status status) {
        sample.warmPool = Optional.of(new WarmPool(minSize, Optional.of(maxPrepared), true));

        assertThat(sample.judgedBy(new WarmPoolHoldsNoAddress()).status()).isEqualTo(status);
    }

    /** So many instances of the warm pool, each with an address. */
    private void warm(int count, String lifecycleState) {
        var members = new ArrayList<Member>();
        for (var i = 0; i < count; i++) {
            members.add(member("i-warm-" + i, lifecycleState));
            sample.addresses.set(i, heldBy("i-warm-" + i, address("eipalloc-" + i)));
        }
        sample.warmMembers = Lookup.of(members);
    }
}
