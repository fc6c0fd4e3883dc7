package eiponlaunch.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.Address;

class PoolFiltersTest {
    @Test
    void onlyWhereNotAllInterfacesAreNamedItSaysHowManyMoreThereAre() {
        assertThat(PoolFilters.withoutInstance(heldByInterfaces(0))).isEmpty();
        assertThat(PoolFilters.withoutInstance(heldByInterfaces(5)).orElseThrow())
                .endsWith("eni-4 has 203.0.113.4");
        assertThat(PoolFilters.withoutInstance(heldByInterfaces(6)).orElseThrow())
                .endsWith("eni-4 has 203.0.113.4, and 1 more");
    }

    private static List<Address> heldByInterfaces(int number) {
        return IntStream.range(0, number)
                .mapToObj(i -> Address.builder()
                        .networkInterfaceId("eni-" + i)
                        .publicIp("203.0.113." + i)
                        .build())
                .toList();
    }
}
