package eiponlaunch.simulator.invariants;

import static org.assertj.core.api.Assertions.assertThat;

import eiponlaunch.simulator.world.api.CloudSettings;
import eiponlaunch.simulator.world.api.Rate;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PromisesTest {
    private static final Rate PACE = new Rate(50, 5);

    /** Who is not told of a raised rate does not use it, and nobody is to blame for that. */
    @Test
    void associationsComeNoFasterThanAwsGrantsThemNorThanTheParametersSay() {
        assertThat(associations(CloudSettings.documented().withRate("AssociateAddress", new Rate(200, 20))))
                .isEqualTo(PACE);
        assertThat(associations(CloudSettings.documented().withRate("AssociateAddress", new Rate(50, 2.5))))
                .isEqualTo(new Rate(50, 2.5));
        assertThat(associations(CloudSettings.instant())).isEqualTo(PACE);
    }

    private static Rate associations(CloudSettings cloud) {
        return under(cloud, PACE).associations();
    }

    private static Promises under(CloudSettings cloud, Rate pace) {
        return Promises.under(cloud, pace, Duration.ofSeconds(600), Duration.ofSeconds(720), Duration.ofSeconds(30));
    }
}
