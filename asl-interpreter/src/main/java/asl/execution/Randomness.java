package asl.execution;

import java.util.Random;

/**
 * Forks one seed, so that an extra draw in one execution does not shift another one. java.util.Random, because its
 * algorithm is laid down: the same seed gives the same numbers on every machine.
 */
final class Randomness {
    private Randomness() {}

    static Random fork(long seed, String name) {
        long hash = seed;
        for (int i = 0; i < name.length(); i++) {
            hash = mix(hash ^ name.charAt(i));
        }
        return new Random(mix(hash + name.length()));
    }

    /** The finalizer of SplitMix64: every bit of the argument reaches every bit of the result. */
    private static long mix(long bits) {
        long z = bits + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
