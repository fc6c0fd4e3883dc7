package eiponlaunch.preflight.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import eiponlaunch.model.EipPool;
import eiponlaunch.preflight.facts.Account;
import eiponlaunch.preflight.facts.Address;
import eiponlaunch.preflight.facts.Holding;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AddressReportTest {
    private final AddressReport report = new AddressReport(
            new Account("123456789012", "aws", "eu-west-1", "arn:aws:iam::123456789012:user/me"),
            new EipPool(Map.of("Application", "ForwardProxy")),
            List.of(
                    new Holding(
                            address(1, Optional.of("i-0123456789abcdef0"), Optional.empty()), Optional.of("proxies")),
                    new Holding(address(2, Optional.empty(), Optional.empty()), Optional.empty()),
                    new Holding(address(3, Optional.empty(), Optional.of("nlb")), Optional.empty())));

    @Test
    void theTableHasALineForEachAddressWithItsHolderAndWhatElseItIsTaggedWith() {
        assertThat(report.table()).isEqualToNormalizingNewlines("""
                The pool Application=ForwardProxy of account 123456789012 in eu-west-1: 3 addresses, 1 free
                address      allocation ID  held by              group    other tags
                203.0.113.1  eipalloc-1     i-0123456789abcdef0  proxies  Order=1, Zone=eu-west-1a
                203.0.113.2  eipalloc-2     -                    -        Order=2, Zone=eu-west-1a
                203.0.113.3  eipalloc-3     nlb                  -        Order=3, Zone=eu-west-1a
                """);
    }

    @Test
    void theJsonSaysTheSame() throws IOException {
        var json = new ObjectMapper().readTree(report.json());

        assertThat(json.get("pool").asText()).isEqualTo("Application=ForwardProxy");
        assertThat(json.get("size").asInt()).isEqualTo(3);
        assertThat(json.get("free").asInt()).isOne();
        assertThat(json.at("/addresses/0/heldBy").asText()).isEqualTo("i-0123456789abcdef0");
        assertThat(json.at("/addresses/0/group").asText()).isEqualTo("proxies");
        assertThat(json.at("/addresses/0/otherTags/Order").asText()).isEqualTo("1");
        assertThat(json.at("/addresses/1/heldBy").isNull()).isTrue();
    }

    private static Address address(int number, Optional<String> instanceId, Optional<String> service) {
        return new Address(
                "eipalloc-" + number,
                "203.0.113." + number,
                Map.of("Application", "ForwardProxy", "Zone", "eu-west-1a", "Order", "" + number),
                instanceId.map(id -> "eipassoc-" + number),
                instanceId,
                service,
                Optional.empty());
    }
}
