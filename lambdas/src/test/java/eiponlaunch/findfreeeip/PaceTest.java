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
        assertThat(PACE.inStorm(49, 1000, Duration.ofSeconds(3))).isEqualTo(9);
        assertThat(PACE.inStorm(44, 1000, Duration.ofSeconds(3))).isEqualTo(8);
        assertThat(PACE.inStorm(1000, 1000, Duration.ofSeconds(1))).isEqualTo(9);
        assertThat(PACE.inStorm(1000, 1000, Duration.ofSeconds(500))).isEqualTo(9);
        assertThat(new Pace(200, 20).inStorm(1000, 1000, Duration.ofSeconds(30)))
                .isEqualTo(1);
    }

    @Test
    void inAStormTokensOfEc2HaveAddedUpSoTurnsComeASecondSooner() {
        assertThat(PACE.inStorm(8, 1000, Duration.ofSeconds(30))).isEqualTo(1);
        assertThat(PACE.inStorm(7, 1000, Duration.ofSeconds(30))).isZero();
        assertThat(PACE.inStorm(0, 1000, Duration.ofSeconds(30))).isZero();
        assertThat(new Pace(1, 5).inStorm(11, 1000, Duration.ofSeconds(30)))
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
        assertThat(PACE.lookWithin(60, Duration.ofSeconds(30))).isEqualTo(10);
        assertThat(PACE.lookWithin(1, Duration.ofSeconds(100))).isEqualTo(5);
    }

    @Test
    void fromHalfAMinuteOnALookComesAgainSoonerAsAnOldAnswerShowsMoreThanIsLeft() {
        assertThat(PACE.lookWithin(150, Duration.ofMillis(30_999))).isEqualTo(26);
        assertThat(PACE.lookWithin(150, Duration.ofSeconds(31)))
                .as("never sooner than in three fifths of the time")
                .isEqualTo(18);
        assertThat(PACE.lookWithin(400, Duration.ofMillis(89_999)))
                .as("ten seconds sooner")
                .isEqualTo(60);
        assertThat(PACE.lookWithin(400, Duration.ofSeconds(90)))
                .as("in a large storm the age of an answer matters little")
                .isEqualTo(70);
    }

    @Test
    void asAStormEndsLooksComeAgainSooner() {
        assertThat(PACE.lookWithin(110, Duration.ofMillis(44_999))).isEqualTo(13);
        assertThat(PACE.lookWithin(110, Duration.ofSeconds(45))).isEqualTo(9);
        assertThat(PACE.lookWithin(111, Duration.ofSeconds(45))).as("not yet").isEqualTo(13);
        assertThat(PACE.lookWithin(110, Duration.ofSeconds(90)))
                .as("a large storm")
                .isEqualTo(19);
    }

    @Test
    void asAStormEndsWhoWasThrottledTriesAgainSoon() {
        assertThat(PACE.afterThrottling(50, 51, 50, Duration.ofSeconds(19), true))
                .as("whatever was served, as old answers may hide it")
                .isEqualTo(6);
        assertThat(PACE.afterThrottling(50, 70, 0, Duration.ofSeconds(20), true))
                .as("EC2 serves this pool at the account's rate")
                .isEqualTo(6);
        assertThat(PACE.afterThrottling(50, 69, 0, Duration.ofSeconds(20), true))
                .as("others use the account's rate")
                .isEqualTo(14);
        assertThat(PACE.afterThrottling(10, 70, 0, Duration.ofSeconds(20), true))
                .as("its turn comes sooner")
                .isEqualTo(2);
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
        assertThat(new Pace(200, 20).lookWithin(100, Duration.ofSeconds(30))).isEqualTo(17);
        assertThat(new Pace(200, 20).lookWithin(110, Duration.ofSeconds(2))).isEqualTo(10);
        assertThat(new Pace(20, 1).lookWithin(50, Duration.ofSeconds(30))).isEqualTo(30);
    }

    @Test
    void inALongStormTurnsLeaveAPartOfTheRateToThoseWhoTryAgain() {
        assertThat(PACE.inStorm(33, 1000, Duration.ofMillis(44_999))).isEqualTo(6);
        assertThat(PACE.inStorm(36, 1000, Duration.ofMillis(44_999))).isEqualTo(6);
        assertThat(PACE.inStorm(36, 1000, Duration.ofSeconds(45))).isEqualTo(7);
    }

    @Test
    void asAStormEndsFewerAreAheadThanAnOldAnswerShows() {
        assertThat(PACE.inStorm(1000, 110, Duration.ofSeconds(45))).isEqualTo(2);
        assertThat(PACE.inStorm(10, 110, Duration.ofSeconds(45))).isEqualTo(1);
        assertThat(new Pace(50, 1).inStorm(1000, 22, Duration.ofSeconds(45)))
                .as("so many addresses last as long at this rate")
                .isEqualTo(2);
        assertThat(new Pace(50, 1).inStorm(1000, 23, Duration.ofSeconds(45))).isEqualTo(49);
        assertThat(new Pace(200, 20).inStorm(1000, 440, Duration.ofSeconds(45))).isEqualTo(1);
        assertThat(PACE.inStorm(1000, 111, Duration.ofSeconds(45)))
                .as("not yet")
                .isEqualTo(9);
        assertThat(PACE.inStorm(1000, 110, Duration.ofMillis(44_999)))
                .as("a small storm")
                .isEqualTo(9);
        assertThat(PACE.inStorm(1000, 110, Duration.ofSeconds(90)))
                .as("a large storm")
                .isEqualTo(9);
    }

    @Test
    void whoWasThrottledWaitsAsLongAsThoseAheadNeedAtTheRateThatWasSeen() {
        assertThat(PACE.afterThrottling(50, 100, 50, Duration.ofSeconds(22), false))
                .as("the first calls came two seconds after the look")
                .isEqualTo(20);
        assertThat(PACE.afterThrottling(50, 55, 0, Duration.ofSeconds(22), false))
                .as("not if the look came when tokens were used up")
                .isEqualTo(20);
        assertThat(PACE.afterThrottling(50, 150, 50, Duration.ofSeconds(10), false))
                .as("never faster than the account's rate")
                .isEqualTo(10);
        assertThat(PACE.afterThrottling(50, 51, 50, Duration.ofSeconds(100), false))
                .as("never slower than a tenth of it")
                .isEqualTo(100);
        assertThat(PACE.afterThrottling(500, 51, 50, Duration.ofSeconds(20), false))
                .as("not much longer than until now")
                .isEqualTo(35);
        assertThat(PACE.afterThrottling(50, 51, 50, Duration.ofSeconds(19), false))
                .as("old answers may hide what was served: never slower than two fifths of the account's rate")
                .isEqualTo(25);
        assertThat(PACE.afterThrottling(50, 51, 50, Duration.ofSeconds(20), false))
                .isEqualTo(35);
        assertThat(PACE.afterThrottling(50, 50, 50, Duration.ofSeconds(60), false))
                .as("no more were taken than the burst")
                .isEqualTo(10);
        assertThat(PACE.afterThrottling(50, 51, 50, Duration.ofSeconds(5), false))
                .as("too short a time to tell")
                .isEqualTo(10);
        assertThat(PACE.afterThrottling(50, 51, 50, Duration.ofSeconds(6), false))
                .as("just long enough, but not much longer than until now")
                .isEqualTo(12);
        assertThat(PACE.afterThrottling(18, 51, 50, Duration.ofSeconds(6), false))
                .as("just long enough")
                .isEqualTo(9);
        assertThat(PACE.afterThrottling(18, 51, 50, Duration.ofMillis(5_999), false))
                .isEqualTo(3);
        assertThat(PACE.afterThrottling(0, 0, 0, Duration.ofSeconds(60), false)).isEqualTo(1);
    }

    @Test
    void whoWasThrottledDoesNotWaitForThoseAheadWhereHardlyAnyAddressIsTaken() {
        assertThat(PACE.afterThrottling(13, 3, 0, Duration.ofSeconds(31), false))
                .isEqualTo(1);
        assertThat(PACE.afterThrottling(13, 4, 0, Duration.ofSeconds(31), false))
                .as("a fiftieth of the rate")
                .isEqualTo(26);
        assertThat(PACE.afterThrottling(13, -1, 0, Duration.ofSeconds(31), false))
                .as("addresses came back, which tells nothing")
                .isEqualTo(2);
        assertThat(PACE.afterThrottling(13, 1, 0, Duration.ofSeconds(19), false))
                .as("old answers may hide what was served")
                .isEqualTo(6);
    }

    @Test
    void itIsAStormWhileThreeTenthsOfTheRateAreServedAsFarAsOldAnswersShow() {
        assertThat(PACE.isStorm(0, Duration.ofMillis(19_999)))
                .as("too short a time to tell")
                .isTrue();
        assertThat(PACE.isStorm(7, Duration.ofSeconds(20))).isFalse();
        assertThat(PACE.isStorm(8, Duration.ofSeconds(20))).isTrue();
        assertThat(PACE.isStorm(59, Duration.ofSeconds(55))).isFalse();
        assertThat(PACE.isStorm(60, Duration.ofSeconds(55))).isTrue();
        assertThat(new Pace(200, 20).isStorm(8, Duration.ofSeconds(20)))
                .as("Auto Scaling is what limits it")
                .isTrue();
        assertThat(new Pace(50, 1).isStorm(2, Duration.ofSeconds(20))).isTrue();
    }

    @Test
    void aRateIsAboveZero() {
        assertThatThrownBy(() -> new Pace(0, 5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Pace(50, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThat(new Pace(1, 0.1).atOnce(1, FEW, 0, 0, AT_THE_FIRST_CALLS)).isZero();
    }
}
