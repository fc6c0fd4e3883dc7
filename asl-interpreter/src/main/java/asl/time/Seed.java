package asl.time;

import java.util.SplittableRandom;

/**
 * The one source of chance in a run. Every part takes a fork named for it, so that one more draw in one part leaves the
 * others as they were. The same seed gives the same run on every machine.
 */
public record Seed(long value) {
    /** The seed of a part of what this seed governs. */
    public Seed fork(String part) {
        var mixed = value * 0x9e3779b97f4a7c15L + part.hashCode(); // String.hashCode is fixed by the Java specification
        mixed = (mixed ^ (mixed >>> 32)) * 0xd6e8feb86659fd93L;
        mixed = (mixed ^ (mixed >>> 32)) * 0xd6e8feb86659fd93L;
        return new Seed(mixed ^ (mixed >>> 32));
    }

    public SplittableRandom random() {
        return new SplittableRandom(value);
    }
}
