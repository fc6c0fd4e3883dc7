package eiponlaunch.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ZoneTest {
    @Test
    void aZoneIsNamedByItsNameOrItsId() {
        var zone = new Zone("us-east-1a", "use1-az2");

        assertThat(zone.isNamed("us-east-1a")).isTrue();
        assertThat(zone.isNamed("use1-az2")).isTrue();
        assertThat(zone.isNamed("use1-az1")).isFalse();
        assertThat(new Zone("us-east-1a").isNamed("use1-az2")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "use1-az2,true", "usw2-lax1-az1,true", "use1-wl1-bos-wlz1,true", "usgw1-az3,true",
        "us-east-1a,false", "us-west-2-lax-1a,false", "us-east-1-wl1-bos-wlz-1,false", "a,false"
    })
    void anIdHasAnotherFormThanAName(String text, boolean id) {
        assertThat(Zone.isId(text)).isEqualTo(id);
    }
}
