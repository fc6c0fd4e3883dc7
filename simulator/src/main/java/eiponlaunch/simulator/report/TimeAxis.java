package eiponlaunch.simulator.report;

/**
 * Equal intervals of virtual time from the first event to the end of the run.
 *
 * @param millis length of an interval
 * @param intervals how many
 */
record TimeAxis(long millis, int intervals) {
    /** Lengths that read well on an axis: 1, 2 or 5 times a power of ten. */
    static TimeAxis of(long endMillis, int mostIntervals) {
        var length = 10L;
        for (var step = 0; endMillis / length >= mostIntervals; step++) {
            length = step % 3 == 1 ? length * 5 / 2 : length * 2;
        }
        return new TimeAxis(length, (int) (endMillis / length) + 1);
    }

    /** The interval that an instant falls into; what happened before the first event counts as of then. */
    int interval(long at) {
        return (int) Math.min(Math.max(at, 0) / millis, intervals - 1);
    }

    /** The instant at which an interval begins, or, for the number of intervals, the end of the last one. */
    long mark(int interval) {
        return interval * millis;
    }
}
