package eiponlaunch.preflight.check;

import static eiponlaunch.preflight.check.FindingAssert.assertFinding;
import static eiponlaunch.preflight.check.Sample.address;
import static eiponlaunch.preflight.check.Sample.heldBy;
import static eiponlaunch.preflight.check.Sample.member;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import eiponlaunch.preflight.facts.Account;
import eiponlaunch.preflight.facts.Group.MaintenancePolicy;
import eiponlaunch.preflight.facts.Group.Units;
import eiponlaunch.preflight.facts.Group.WarmPool;
import eiponlaunch.preflight.facts.Status;
import eiponlaunch.preflight.report.Report;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A pool of six for a group whose sizes do not count instances. */
class PoolForUnitsTest {
    private final Sample sample = new Sample();

    /** Twelve units are up to six instances of two units. */
    @ParameterizedTest
    @CsvSource({"12, ok", "13, warning"})
    void whereAGroupCountsInUnitsTheMostInstancesTakeTheMostAddresses(int maxSize, Status status) {
        sample.units = Optional.of(new Units("units", Optional.of(2)));
        sample.maxSize = maxSize;
        sample.desiredCapacity = 3;
        sample.members = List.of(member("i-1", "InService"));
        sample.addresses.set(0, heldBy("i-1", address("eipalloc-0")));

        var large = sample.judgedBy(new PoolLargeEnough());
        assertThat(large.status()).isEqualTo(status);
        assertThat(large.seen())
                .contains("maximum size " + maxSize + " units, up to " + (maxSize == 12 ? 6 : 7) + " instances");
        assertThat(sample.judgedBy(new PoolFreeNow()).seen()).contains("still to come into service: up to 1");
        assertThat(sample.judgedBy(new GroupExists()).seen()).contains("desired capacity 3 units, up to 2 instances");
    }

    /** Two units are the least that an instance counts for, so the units that are missing may be one instance for every two. */
    @ParameterizedTest
    @CsvSource({"8, 8, 0", "8, 2, 3", "8, 3, 3", "4, 8, 0"})
    void anInstanceThatIsThereFillsTheDesiredCapacityByItsWeight(int desiredCapacity, int weight, int outstanding) {
        sample.units = Optional.of(new Units("units", Optional.of(2)));
        sample.maxSize = 8;
        sample.desiredCapacity = desiredCapacity;
        sample.members = List.of(member("i-1", "InService", weight));
        sample.addresses.set(0, heldBy("i-1", address("eipalloc-0")));
        sample.addresses.subList(1, 6).clear();

        var finding = sample.judgedBy(new PoolFreeNow());
        assertThat(finding.status()).isEqualTo(outstanding == 0 ? Status.ok : Status.warning);
        assertThat(finding.seen()).contains("0 free; instances still to come into service: up to " + outstanding);
    }

    @Test
    void anInstanceOnItsWayFillsTheDesiredCapacityByItsWeightToo() {
        sample.units = Optional.of(new Units("units", Optional.of(2)));
        sample.desiredCapacity = 12;
        sample.members = List.of(member("i-1", "InService", 4), member("i-2", "Pending:Wait", 8));
        for (var i = 0; i < 6; i++) {
            sample.addresses.set(i, heldBy(i == 0 ? "i-1" : "i-other", address("eipalloc-" + i)));
        }

        assertFinding(sample.judgedBy(new PoolFreeNow()))
                .warns("instances still to come into service: up to 1, so launches may wait");

        sample.addresses.set(1, heldBy("i-2", address("eipalloc-1")));
        assertFinding(sample.judgedBy(new PoolFreeNow())).isOk();
    }

    @Test
    void anInstanceWithoutAWeightFillsTheLeastThatOneMayCountFor() {
        sample.units = Optional.of(new Units("units", Optional.of(4)));
        sample.desiredCapacity = 8;
        sample.members = List.of(member("i-1", "InService"));

        sample.addresses.set(0, heldBy("i-1", address("eipalloc-0")));
        assertThat(sample.judgedBy(new PoolFreeNow()).seen()).contains("still to come into service: up to 1");
    }

    @Test
    void aRefreshOfAGroupThatCountsInUnitsNeedsAShareOfItsInstances() {
        sample.units = Optional.of(new Units("units", Optional.of(4)));
        sample.maxSize = 20;
        sample.maintenance = Optional.of(new MaintenancePolicy(100, 120));

        assertFinding(sample.judgedBy(new PoolHeadroom())).isOk();
        assertThat(sample.judgedBy(new PoolHeadroom()).seen())
                .contains("a refresh of up to 5 instances needs up to 1 more");
    }

    @Test
    void whereAGroupCountsInWhatNobodyKnowsOnlyItsInstancesAreJudged() {
        sample.units = Optional.of(new Units("vcpu", Optional.empty()));
        sample.maxSize = 64;
        sample.desiredCapacity = 32;
        sample.warmPool = Optional.of(new WarmPool(8, Optional.empty(), true));
        sample.members = List.of(member("i-1", "InService"), member("i-2", "Pending:Wait"));
        sample.addresses.set(0, heldBy("i-1", address("eipalloc-0")));

        for (var check : List.of(new PoolLargeEnough(), new PoolHeadroom(), new WarmPoolHoldsNoAddress())) {
            var finding = sample.judgedBy(check);
            assertFinding(finding)
                    .warns("6 addresses; preflight cannot know how many instances the group has at its maximum size of"
                            + " 64 vcpu")
                    .andAdvises("count the most instances that the group may have yourself");
        }
        assertFinding(sample.judgedBy(new PoolFreeNow())).isOk();
        assertThat(sample.judgedBy(new PoolFreeNow()).seen()).contains("still to come into service: at least 1");

        sample.addresses.subList(1, 6).clear();
        assertFinding(sample.judgedBy(new PoolLargeEnough()))
                .warns("1 address, maximum size 64 vcpu, instances now 2")
                .andAdvises("allocate 1 more address");
    }

    /** Another run would know no more, so a pipeline that runs preflight does not stop for it. */
    @Test
    void whatNobodyKnowsIsToldOnceAndNothingIsNotChecked() {
        sample.units = Optional.of(new Units("memory-mib", Optional.empty()));
        sample.maxSize = 16384;
        sample.warmPool = Optional.of(new WarmPool(8192, Optional.empty(), true));

        var account = new Account("123456789012", "aws", "eu-west-1", Sample.OPERATOR);
        assertThat(Report.of(account, sample.facts()).findings())
                .filteredOn(finding -> finding.status() != Status.ok)
                .extracting(Finding::check, Finding::status)
                .containsExactly(tuple("PoolLargeEnough", Status.warning));
    }
}
