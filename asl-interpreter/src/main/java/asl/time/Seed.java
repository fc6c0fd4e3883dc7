package asl.time;

import java.util.Random;
import java.util.SplittableRandom;

/**
 * The one source of chance in a run. Every part takes a fork of its own name, so another draw in one part does not
 * change the others. The same seed gives the same run on every machine.
 */
public record Seed(long value) {
    /** The seed of a part of what this seed governs. */
    public Seed fork(String part) {
        var mixed = value * 0x9e3779b97f4a7c15L + part.hashCode(); // String.hashCode is fixed by the Java specification
        mixed = (mixed ^ (mixed >>> 32)) * 0xd6e8feb86659fd93L;
        mixed = (mixed ^ (mixed >>> 32)) * 0xd6e8feb86659fd93L;
        return new Seed(mixed ^ (mixed >>> 32));
    }

    /** What a part draws from. */
    public SplittableRandom random() {
        return new SplittableRandom(value);
    }

    /**
     * What one thing of very many draws from, such as an execution by its ARN: every character counts by its place, so that
     * names which differ a little share nothing.
     */
    public Random random(String name) {
        var hash = value;
        for (var i = 0; i < name.length(); i++) {
            hash = mix(hash ^ name.charAt(i));
        }
        return new Random(mix(hash + name.length()));
    }

    /** The finalizer of SplitMix64: every bit of the argument reaches every bit of the result. */
    private static long mix(long bits) {
        var z = bits + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
