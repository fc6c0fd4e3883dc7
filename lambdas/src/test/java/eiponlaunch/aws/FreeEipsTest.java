package eiponlaunch.aws;

import static org.assertj.core.api.Assertions.assertThat;

import eiponlaunch.model.EipPool;
import eiponlaunch.model.Zone;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.Address;
import software.amazon.awssdk.services.ec2.model.Tag;

class FreeEipsTest {
    private static final Zone A = new Zone("us-east-1a", "use1-az2");
    private static final Zone B = new Zone("us-east-1b", "use1-az4");
    private static final EipPool POOL = new EipPool(Map.of("Application", "ForwardProxy"), "Order", "Zone");

    @Test
    void anAddressServesTheZoneThatItsTagNamesAloneAndOneWithoutTheTagServesEveryZone() {
        var free = FreeEips.of(
                List.of(
                        address("1", "Zone", "us-east-1b"),
                        address("2", "Zone", "use1-az2"),
                        address("3", "Zone", " us-east-1a "),
                        address("4", "Zone", ""),
                        address("5"),
                        address("6", "Zone", "us-east-1c")),
                POOL,
                List.of(A, B));

        assertThat(ids(free.usableIn(A))).containsExactly("2", "3", "4", "5");
        assertThat(ids(free.usableIn(B))).containsExactly("1", "4", "5");
        assertThat(ids(free.usableIn(null))).containsExactly("4", "5");
    }

    @Test
    void theirOrderIsThatOfTheTagAndThenOfTheAllocationId() {
        var free = FreeEips.of(
                List.of(
                        address("6"),
                        address("5", "Order", "10"),
                        address("4", "Order", "9"),
                        address("3", "Order", "b"),
                        address("2"),
                        address("1", "Order", "10")),
                POOL,
                List.of());

        assertThat(ids(free.ofEveryZone())).containsExactly("4", "1", "5", "3", "2", "6");
    }

    @Test
    void withoutKeysTheTagsSayNothing() {
        var free = FreeEips.of(
                List.of(address("2", "Order", "1"), address("1", "Zone", "us-east-1b")),
                new EipPool(POOL.tags()),
                List.of());

        assertThat(ids(free.usableIn(A))).containsExactly("1", "2");
    }

    @Test
    void whatIsNotFreeIsNotAmongThem() {
        var taken = address("1").toBuilder().associationId("eipassoc-1").build();

        assertThat(FreeEips.of(List.of(taken), POOL, List.of()).usableIn(A)).isEmpty();
    }

    @Test
    void idsAreAskedForOnlyWhereAnAddressNamesAZoneSoAndOneIsNotKnown() {
        var byId = List.of(address("1", "Zone", "use1-az2"));
        var byName = List.of(address("1", "Zone", "us-east-1a"));
        var unknown = List.of(A, new Zone("us-east-1b"));

        assertThat(FreeEips.needIds(byId, POOL, unknown)).isTrue();
        assertThat(FreeEips.needIds(byId, POOL, List.of(A, B))).isFalse();
        assertThat(FreeEips.needIds(byName, POOL, unknown)).isFalse();
    }

    private static List<String> ids(List<Address> addresses) {
        return addresses.stream().map(Address::allocationId).toList();
    }

    private static Address address(String id, String... tag) {
        return Address.builder()
                .allocationId(id)
                .publicIp("203.0.113." + id)
                .tags(
                        tag.length == 0
                                ? List.of()
                                : List.of(
                                        Tag.builder().key(tag[0]).value(tag[1]).build()))
                .build();
    }
}
