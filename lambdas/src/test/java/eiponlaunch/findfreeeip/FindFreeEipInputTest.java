package eiponlaunch.findfreeeip;

import static org.assertj.core.api.Assertions.assertThat;

import eiponlaunch.Events;
import eiponlaunch.TaskInputs;
import eiponlaunch.model.EipPools;
import eiponlaunch.model.Zone;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

class FindFreeEipInputTest {
    @Test
    void theZoneIsNotKnownOfOneWithoutANameOrBehindThoseThatAreNamed() {
        var input = input(Arrays.asList("us-east-1a", null));

        assertThat(input.zoneAfterLaunches(0)).isEqualTo(new Zone("us-east-1a"));
        assertThat(input.zoneAfterLaunches(1)).isNull();
        assertThat(input.zoneAfterLaunches(2)).isNull();
        assertThat(input(null).zoneAfterLaunches(0)).isNull();
    }

    private static FindFreeEipInput input(List<String> zones) {
        var fields = new HashMap<String, Object>();
        fields.put("afterLaunches", List.of("i-00000000000000001", "i-00000000000000002", "i-00000000000000003"));
        fields.put("afterLaunchesZones", zones);
        return TaskInputs.findFreeEip(Events.launch(), new EipPools("Application=ForwardProxy", ""), fields);
    }
}
