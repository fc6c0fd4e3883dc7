package eiponlaunch.findfreeeip;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The launches that compete for the pool, in an order on which all of them agree without talking to each other: first
 * launched, first served. Whoever has an address has left the queue, in the same read in which the address has left the
 * pool, so the two lists shift alike and everybody's place stays where it was.
 *
 * <p>The place also tells when to try: EC2 grants AssociateAddress to an account in a burst and then at a steady rate, and
 * a try before its turn is only throttled.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/throttling.html">Request throttling for the EC2
 *     API</a>
 */
public final class LaunchQueue {
    /** Tokens in AssociateAddress's bucket when it is full. */
    static final int BURST = 50;

    /**
     * Tries each second after the burst. EC2 grants 5; a tenth more, because a try that is throttled comes back, while a
     * token that nobody uses when the bucket is full is lost.
     */
    static final double PER_SECOND = 5.5;

    /** Launches this close together count as one burst. */
    private static final Duration SAME_BURST = Duration.ofSeconds(10);

    /** An instance that was launched lately. */
    public record Peer(String instanceId, Instant launchTime) {
        public Peer {
            requireNonNull(instanceId, "instanceId is null");
            requireNonNull(launchTime, "launchTime is null");
        }
    }

    private final String instanceId;
    private final int ahead;
    private final int waiting;
    private final boolean shown;
    private final int served;

    /** Of launches alone. */
    public LaunchQueue(String instanceId, List<Peer> peers, Set<String> holders) {
        this(instanceId, peers, holders, List.of());
    }

    /**
     * @param instanceId the instance that asks; behind all others when EC2 does not show it yet
     * @param peers the instances of its group that were launched lately
     * @param holders the instances that have an address of the pool
     * @param afterLaunches instances that run already and queue behind all launches, in this order
     */
    public LaunchQueue(String instanceId, List<Peer> peers, Set<String> holders, List<String> afterLaunches) {
        var waiting = peers.stream()
                .filter(peer -> !holders.contains(peer.instanceId()))
                .sorted(Comparator.comparing(Peer::launchTime).thenComparing(Peer::instanceId))
                .toList();
        var order = Stream.concat(
                        waiting.stream().map(Peer::instanceId),
                        afterLaunches.stream().filter(running -> !holders.contains(running)))
                .distinct()
                .toList();
        var index = order.indexOf(instanceId);
        this.instanceId = instanceId;
        this.shown = index >= 0;
        this.waiting = order.size();
        this.ahead = shown ? index : order.size();
        this.served = waiting.isEmpty()
                ? 0
                : served(peers, holders, waiting.get(0).launchTime().minus(SAME_BURST));
    }

    private static int served(List<Peer> peers, Set<String> holders, Instant since) {
        return (int) peers.stream()
                .filter(peer -> holders.contains(peer.instanceId()))
                .filter(peer -> !peer.launchTime().isBefore(since))
                .count();
    }

    /** How many instances wait, as far as EC2 shows them. */
    public int waiting() {
        return waiting;
    }

    /** How many instances are ahead, as far as EC2 shows them. */
    public int ahead() {
        return ahead;
    }

    /**
     * Which of the free addresses is this instance's. Several instances may be too new for EC2 to show any of them: their IDs
     * spread them over the addresses that nobody else in the queue needs, as one place for all would make them collide.
     *
     * @param free how many addresses are free
     */
    public int place(int free) {
        return shown ? ahead : ahead + Math.floorMod(instanceId.hashCode(), Math.max(1, free - ahead));
    }

    /** How long to wait until EC2 is likely to grant the call; 0 when it is now. */
    public int secondsUntilTurn() {
        var tokens = Math.max(0, BURST - served);
        return (int) Math.ceil(Math.max(0, ahead - tokens) / PER_SECOND);
    }
}
