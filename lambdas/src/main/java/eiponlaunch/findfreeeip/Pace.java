package eiponlaunch.findfreeeip;

import java.time.Duration;

/**
 * When EC2 is likely to grant AssociateAddress: to an account in a burst, and then at a steady rate. A try before that is only
 * throttled.
 *
 * @param burst tokens in AssociateAddress's bucket when it is full
 * @param perSecond tokens that come back each second
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/throttling.html">Request throttling for the EC2
 *     API</a>
 */
public record Pace(int burst, double perSecond) {
    /** Of an account whose rates nobody has raised. */
    public static final Pace DOCUMENTED = new Pace(50, 5);

    /**
     * How many launches Auto Scaling lets look at the queue at once, and then each second, while others take as many tokens of
     * the same bucket to complete their actions. It publishes no such rate: an assumption, by which the turns in the first
     * minutes of a storm are told.
     */
    private static final int LOOKS_AT_ONCE = 100;

    private static final int LOOKS_PER_SECOND = 5;

    /** Who looks for the first time counts those ahead who look within these seconds. Who looks later has a later turn. */
    private static final int SECONDS_OF_FIRST_LOOKS = 15;

    /** In a storm Auto Scaling lets about as many look as EC2 serves, so few of those ahead have looked and not been served. */
    private static final int MOST_AHEAD_IN_STORM = 50;

    /**
     * A storm of less than a minute and a half ends when the free addresses last for so many seconds. An old answer shows many as
     * free, and so many launches as ahead, that are served already. Then a try that comes too early costs less than one that comes
     * last.
     */
    private static final int NEARLY_OVER = 22;

    private static final int MOST_SECONDS_NEAR_THE_END = 3;

    private static final int MOST_SECONDS_AFTER_THROTTLING_NEAR_THE_END = 6;

    private static final double PART_OF_LOOKS_NEAR_THE_END = 0.7;

    /** Of EC2's rate: where less is served, others use it. */
    private static final double MOST_OF_THE_RATE = 0.7;

    /** In a storm completed actions and looks wait for the same tokens of Auto Scaling, and meanwhile EC2's bucket fills a little. */
    private static final double SECONDS_IN_HAND = 1;

    /** Of the time in which the free addresses are taken: looks come before turns, and who looks in vain looks again. */
    private static final double SHARE_OF_LOOKS = 0.88;

    /** An answer may show as free what was taken in the seconds before. */
    private static final int SECONDS_OF_AN_OLD_ANSWER = 10;

    /** Looks of the first half minute are limited by the time that the storm has lasted. */
    private static final Duration UNTIL_OLD_ANSWERS_MATTER = Duration.ofSeconds(31);

    /** In a storm that has lasted for so long the age of answers matters little, and looks that come too soon do. */
    private static final Duration LARGE_STORM = Duration.ofSeconds(90);

    private static final double LEAST_SHARE_OF_LOOKS = 0.6;

    /** EC2 serves a burst at once, and a look within this time may count on it. */
    private static final Duration WHILE_THE_BURST_LASTS = Duration.ofSeconds(6);

    private static final int SOONEST_LOOK = 5;

    private static final int LATEST_SECOND_LOOK = 15;

    /** From the events of a burst to its first calls; tokens come back from then on. */
    private static final double SECONDS_TO_FIRST_CALLS = 2;

    /** A burst that began longer ago has elders, or its events came late. */
    private static final double MOST_SECONDS_SINCE_FIRST_CALLS = 3;

    /** What a rounded turn loses on average. */
    private static final double HALF_A_SECOND = 0.5;

    /** A try that comes too early costs a look and a wait, one that comes too late only its own time. So turns are rounded down by less. */
    private static final double LATER = 0.4;

    /** A rate measured over less time than this is chance. */
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(6);

    /** Answers of 15 seconds ago hide so much of what was served that a low rate is not believed before this. */
    private static final Duration LONG_ENOUGH_FOR_OLD_ANSWERS = Duration.ofSeconds(20);

    /** From then on a storm has some whose tries were throttled, and they need what the turns of the others leave. */
    private static final Duration UNTIL_TRIES_COME_AGAIN = Duration.ofSeconds(45);

    private static final double SHARE_OF_FIRST_TRIES = 0.94;

    /** Others may use half of EC2's rate, and it takes more than one try and one look to be served. */
    private static final double LEAST_SHARE_IN_STORM = 0.3;

    /** Of EC2's rate: with less than this, nobody takes addresses, so those ahead wait for something else. */
    private static final double HARDLY_ANY = 0.02;

    private static final int SECONDS_OF_THE_OLDEST_ANSWER = 15;

    public Pace {
        if (burst < 1 || !(perSecond > 0)) {
            throw new IllegalArgumentException("burst and perSecond must be above 0");
        }
    }

    /** One may wait for something else; ten that came long before show that the burst is used up. */
    private static final int TOKENS_OF_AN_ELDER = 5;

    /**
     * How many tokens a launch counts on whose first look is granted at once, so that a storm has only begun, if at all.
     *
     * @param beingServed launches that have taken a token and have not left their hook
     * @param elders launches that wait, though they began before this one
     */
    int tokens(int beingServed, int elders) {
        return Math.max(0, burst - beingServed - TOKENS_OF_AN_ELDER * elders);
    }

    /**
     * The turn of a launch whose first look was granted at once. Where so many wait that most of them cannot look yet, few of
     * those ahead go first.
     *
     * @param launching how many launches wait; 0 for an instance that goes behind all of them
     */
    int atOnce(int ahead, int launching, int beingServed, int elders, Duration sinceEvent) {
        var looked = looked(sinceEvent.plusSeconds(SECONDS_OF_FIRST_LOOKS));
        var sinceFirstCalls = Math.max(0, sinceEvent.toMillis() / 1000.0 - SECONDS_TO_FIRST_CALLS);
        var early = elders > 0 ? HALF_A_SECOND : Math.min(sinceFirstCalls, MOST_SECONDS_SINCE_FIRST_CALLS);
        return seconds(ahead * Math.min(1, looked / launching) - tokens(beingServed, elders), early);
    }

    /**
     * The turn of a launch that has looked in vain before: in a storm. Nobody goes first who has not looked yet, so few are ahead.
     *
     * @param free addresses of the pool
     * @param sinceEvent since the launch's event, which is about since the storm began
     */
    int inStorm(int ahead, int free, Duration sinceEvent) {
        var share = sinceEvent.compareTo(UNTIL_TRIES_COME_AGAIN) < 0 ? 1 : SHARE_OF_FIRST_TRIES;
        var most = isNearlyOver(free, sinceEvent) ? MOST_SECONDS_NEAR_THE_END * perSecond : MOST_AHEAD_IN_STORM;
        return seconds(
                Math.min(ahead / share, Math.min(most, MOST_AHEAD_IN_STORM)),
                Math.min(SECONDS_IN_HAND, burst / perSecond));
    }

    /**
     * Whether a storm that is not large has hardly any free addresses left.
     *
     * @param free addresses of the pool
     * @param sinceEvent since the launch's event, which is about since the storm began
     */
    boolean isNearlyOver(int free, Duration sinceEvent) {
        return sinceEvent.compareTo(UNTIL_TRIES_COME_AGAIN) >= 0
                && sinceEvent.compareTo(LARGE_STORM) < 0
                && free <= NEARLY_OVER * perSecond;
    }

    /**
     * Within how many seconds a launch looks again that Auto Scaling did not tell who else waits: a storm goes on for no longer
     * than free addresses last. Where the pool has many more of them than launches wait, it is over before, so the time is
     * no longer than the storm has lasted.
     *
     * @param free addresses of the pool
     * @param sinceEvent since the launch's event, which is about since the storm began
     */
    int lookWithin(int free, Duration sinceEvent) {
        var atOnce = sinceEvent.compareTo(WHILE_THE_BURST_LASTS) < 0 ? Math.min(burst, DOCUMENTED.burst) : 0;
        var rate = Math.min(perSecond, LOOKS_PER_SECOND);
        var last = SHARE_OF_LOOKS * (free - atOnce) / rate;
        if (sinceEvent.compareTo(UNTIL_OLD_ANSWERS_MATTER) >= 0 && sinceEvent.compareTo(LARGE_STORM) < 0) {
            last = Math.max(LEAST_SHARE_OF_LOOKS * free / rate, last - SECONDS_OF_AN_OLD_ANSWER)
                    * (isNearlyOver(free, sinceEvent) ? PART_OF_LOOKS_NEAR_THE_END : 1);
        }
        return (int) Math.max(SOONEST_LOOK, Math.min(last, Math.max(LATEST_SECOND_LOOK, sinceEvent.toSeconds())));
    }

    /**
     * Whether so many launch that EC2 serves some of them all the time.
     *
     * @param taken how many addresses of the pool were taken
     * @param since in how long a time
     */
    boolean isStorm(int taken, Duration since) {
        var seconds = since.toSeconds() - SECONDS_OF_THE_OLDEST_ANSWER;
        return since.compareTo(LONG_ENOUGH_FOR_OLD_ANSWERS) < 0
                || taken >= LEAST_SHARE_IN_STORM * Math.min(perSecond, LOOKS_PER_SECOND) * seconds;
    }

    private static double looked(Duration sinceEvent) {
        return LOOKS_AT_ONCE + LOOKS_PER_SECOND * sinceEvent.toSeconds();
    }

    /**
     * The turn of a launch whose AssociateAddress was throttled: others call it as well, or the account's rate is another one.
     * Not much later than it has waited already, as what was measured may be wrong; and at once where nobody takes addresses.
     *
     * @param ahead how many are still ahead
     * @param served how many addresses of the pool were taken since the launch looked first
     * @param tokens how many it counted on then
     * @param since how long ago that was
     * @param nearlyOver whether the storm is
     */
    int afterThrottling(int ahead, int served, int tokens, Duration since, boolean nearlyOver) {
        var tells = since.compareTo(LONG_ENOUGH) >= 0 && served > tokens; // else the burst was not used up by this pool
        var isShort = since.compareTo(LONG_ENOUGH_FOR_OLD_ANSWERS) < 0;
        if (!isShort && served >= 0 && served < HARDLY_ANY * perSecond * since.toSeconds()) { // below 0: they come back
            return 1;
        }
        var untilFirstCalls =
                tokens == 0 || isShort ? 0 : SECONDS_TO_FIRST_CALLS; // who counted on tokens looked when it began
        var measured = tells ? (served - tokens) / (since.toSeconds() - untilFirstCalls) : perSecond;
        var seconds = ahead / Math.max(perSecond * (isShort ? 0.4 : 0.1), Math.min(perSecond, measured));
        var longest = nearlyOver && (isShort || measured >= MOST_OF_THE_RATE * perSecond)
                ? MOST_SECONDS_AFTER_THROTTLING_NEAR_THE_END
                : isShort ? 6 + since.toSeconds() : 5 + 1.5 * since.toSeconds();
        return (int) Math.max(1, Math.min(seconds, longest));
    }

    private int seconds(double ahead, double early) {
        return (int) Math.max(0, ahead / perSecond - early + LATER);
    }
}
