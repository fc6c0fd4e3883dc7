package eiponlaunch.findfreeeip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final Pace PACE = Pace.DOCUMENTED;

    /** Launches: Auto Scaling lets all of them look soon. */
    private static final int FEW = 120;

    private static final Duration AT_THE_FIRST_CALLS = Duration.ofSeconds(2);

    @Test
    void theBurstGoesAtOnceAndTheRestAtTheRateOfTheBucket() {
        assertThat(PACE.atOnce(49, FEW, 0, 0, AT_THE_FIRST_CALLS)).isZero();
        assertThat(PACE.atOnce(50 + 2, FEW, 0, 0, AT_THE_FIRST_CALLS)).isZero();
        assertThat(PACE.atOnce(50 + 3, FEW, 0, 0, AT_THE_FIRST_CALLS))
                .as("rounded less down")
                .isEqualTo(1);
        assertThat(PACE.atOnce(50 + 55, FEW, 0, 0, AT_THE_FIRST_CALLS)).isEqualTo(11);
        assertThat(PACE.atOnce(50 + 55, FEW, 0, 0, Duration.ZERO)).isEqualTo(11);
        assertThat(new Pace(200, 20).atOnce(200 + 200, FEW, 0, 0, AT_THE_FIRST_CALLS))
                .isEqualTo(10);
    }

    @Test
    void tokensComeBackFromTheFirstCallsOfABurstHoweverLateALaunchLooksBySeconds() {
        assertThat(PACE.atOnce(50 + 55, FEW, 0, 0, Duration.ofSeconds(4))).isEqualTo(9);
        assertThat(PACE.atOnce(50 + 55, FEW, 0, 0, Duration.ofSeconds(60)))
                .as("an event that came late says nothing of the others")
                .isEqualTo(8);
    }

    /** In 17 seconds 185 can look. */
    @Test
    void whereMostCannotLookYetFewOfThoseAheadGoFirst() {
        assertThat(PACE.atOnce(155, 185, 0, 0, AT_THE_FIRST_CALLS)).isEqualTo(21);
        assertThat(PACE.atOnce(155, 370, 0, 0, AT_THE_FIRST_CALLS)).isEqualTo(5);
        assertThat(PACE.atOnce(155, 370, 0, 0, Duration.ofSeconds(42)))
                .as("later more could")
                .isEqualTo(18);
        assertThat(PACE.atOnce(155, 0, 0, 0, AT_THE_FIRST_CALLS))
                .as("behind all launches")
                .isEqualTo(21);
    }

    @Test
    void tokensThatOthersUseNowAreNotCountedOn() {
        assertThat(PACE.tokens(20, 0)).isEqualTo(30);
        assertThat(PACE.tokens(60, 0)).isZero();
        assertThat(PACE.atOnce(30 + 55, FEW, 20, 0, AT_THE_FIRST_CALLS)).isEqualTo(11);
    }

    @Test
    void launchesThatBeganBeforeAndStillWaitShowThatTheBurstIsUsedUp() {
        assertThat(PACE.tokens(0, 1)).as("one may wait for something else").isEqualTo(45);
        assertThat(PACE.tokens(0, 10)).isZero();
        assertThat(PACE.atOnce(55, FEW, 0, 10, Duration.ofSeconds(4)))
                .as("in the middle of a storm, whose beginning nobody knows")
                .isEqualTo(10);
    }

    @Test
    void inAStormFewAreAheadAsMostHaveNotLookedYet() {
        assertThat(PACE.inStorm(49, Duration.ofSeconds(3))).isEqualTo(9);
        assertThat(PACE.inStorm(44, Duration.ofSeconds(3))).isEqualTo(8);
        assertThat(PACE.inStorm(1000, Duration.ofSeconds(1))).isEqualTo(9);
        assertThat(PACE.inStorm(1000, Duration.ofSeconds(500))).isEqualTo(9);
        assertThat(new Pace(200, 20).inStorm(1000, Duration.ofSeconds(30))).isEqualTo(1);
    }

    @Test
    void inAStormTokensOfEc2HaveAddedUpSoTurnsComeASecondSooner() {
        assertThat(PACE.inStorm(8, Duration.ofSeconds(30))).isEqualTo(1);
        assertThat(PACE.inStorm(7, Duration.ofSeconds(30))).isZero();
        assertThat(PACE.inStorm(0, Duration.ofSeconds(30))).isZero();
        assertThat(new Pace(1, 5).inStorm(11, Duration.ofSeconds(30)))
                .as("a small bucket holds no tokens of a second")
                .isEqualTo(2);
    }

    @Test
    void aLookComesAgainBeforeTheFreeAddressesAreGone() {
        assertThat(PACE.lookWithin(130, Duration.ofSeconds(2)))
                .as("50 of them at once, and the others at five a second")
                .isEqualTo(14);
        assertThat(PACE.lookWithin(130, Duration.ofSeconds(6)))
                .as("the burst is used up")
                .isEqualTo(15);
        assertThat(PACE.lookWithin(60, Duration.ofSeconds(100))).isEqualTo(10);
        assertThat(PACE.lookWithin(1, Duration.ofSeconds(100))).isEqualTo(5);
    }

    /** Who knows how many addresses nobody waits for. */
    @Test
    void howeverManyAddressesAreFreeALookComesAgainWithinTheTimeThatTheStormHasLasted() {
        assertThat(PACE.lookWithin(3000, Duration.ofSeconds(2))).isEqualTo(15);
        assertThat(PACE.lookWithin(3000, Duration.ofSeconds(100))).isEqualTo(100);
    }

    /** EC2 may serve 20 a second, but Auto Scaling does not let as many look. */
    @Test
    void whereTheRateWasRaisedLooksComeAgainNoSooner() {
        assertThat(new Pace(200, 20).lookWithin(100, Duration.ofSeconds(100))).isEqualTo(17);
        assertThat(new Pace(200, 20).lookWithin(110, Duration.ofSeconds(2))).isEqualTo(10);
        assertThat(new Pace(20, 1).lookWithin(50, Duration.ofSeconds(100))).isEqualTo(44);
    }

    @Test
    void inALongStormTurnsLeaveAPartOfTheRateToThoseWhoTryAgain() {
        assertThat(PACE.inStorm(33, Duration.ofMillis(44_999))).isEqualTo(6);
        assertThat(PACE.inStorm(36, Duration.ofMillis(44_999))).isEqualTo(6);
        assertThat(PACE.inStorm(36, Duration.ofSeconds(45))).isEqualTo(7);
    }

    @Test
    void whoWasThrottledWaitsAsLongAsThoseAheadNeedAtTheRateThatWasSeen() {
        assertThat(PACE.afterThrottling(50, 100, 50, Duration.ofSeconds(20))).isEqualTo(20);
        assertThat(PACE.afterThrottling(50, 150, 50, Duration.ofSeconds(10)))
                .as("never faster than the account's rate")
                .isEqualTo(10);
        assertThat(PACE.afterThrottling(50, 51, 50, Duration.ofSeconds(100)))
                .as("never slower than a tenth of it")
                .isEqualTo(100);
        assertThat(PACE.afterThrottling(500, 51, 50, Duration.ofSeconds(20)))
                .as("not much longer than until now")
                .isEqualTo(35);
        assertThat(PACE.afterThrottling(50, 51, 50, Duration.ofSeconds(19)))
                .as("old answers may hide what was served: never slower than two fifths of the account's rate")
                .isEqualTo(25);
        assertThat(PACE.afterThrottling(50, 51, 50, Duration.ofSeconds(20))).isEqualTo(35);
        assertThat(PACE.afterThrottling(50, 50, 50, Duration.ofSeconds(60)))
                .as("no more were taken than the burst")
                .isEqualTo(10);
        assertThat(PACE.afterThrottling(50, 51, 50, Duration.ofSeconds(5)))
                .as("too short a time to tell")
                .isEqualTo(10);
        assertThat(PACE.afterThrottling(50, 51, 50, Duration.ofSeconds(6)))
                .as("just long enough, but not much longer than until now")
                .isEqualTo(12);
        assertThat(PACE.afterThrottling(18, 51, 50, Duration.ofSeconds(6)))
                .as("just long enough")
                .isEqualTo(9);
        assertThat(PACE.afterThrottling(18, 51, 50, Duration.ofMillis(5_999))).isEqualTo(3);
        assertThat(PACE.afterThrottling(0, 0, 0, Duration.ofSeconds(60))).isEqualTo(1);
    }

    @Test
    void aRateIsAboveZero() {
        assertThatThrownBy(() -> new Pace(0, 5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Pace(50, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThat(new Pace(1, 0.1).atOnce(1, FEW, 0, 0, AT_THE_FIRST_CALLS)).isZero();
    }
}
