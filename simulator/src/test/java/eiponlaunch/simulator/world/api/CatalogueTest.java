package eiponlaunch.simulator.world.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogueTest {
    private static final Instant START = Instant.parse("2026-01-31T12:00:00Z");
    private static final Map<String, String> POOL = Map.of("Application", "Proxy");

    /** Whatever changed when: each thing's own history, looked through from the start. */
    private static final class History {
        private record Thing(Map<String, String> tags, TreeMap<Instant, Integer> values) {}

        private final List<Thing> things = new ArrayList<>();

        List<Integer> read(Instant at, List<Integer> numbers) {
            return numbers.stream()
                    .distinct()
                    .sorted()
                    .filter(number -> number < things.size())
                    .map(number -> things.get(number).values().floorEntry(at))
                    .filter(Objects::nonNull)
                    .map(Map.Entry::getValue)
                    .filter(Objects::nonNull)
                    .toList();
        }

        List<Integer> read(Instant at, Map<String, String> tags, Predicate<Integer> condition) {
            return things.stream()
                    .filter(thing -> thing.tags().entrySet().containsAll(tags.entrySet()))
                    .map(thing -> thing.values().floorEntry(at))
                    .filter(Objects::nonNull)
                    .map(Map.Entry::getValue)
                    .filter(Objects::nonNull)
                    .filter(condition)
                    .toList();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aReadFindsWhatWasThereAtItsTime(long seed) {
        var random = new SplittableRandom(seed);
        var catalogue = new Catalogue<Integer>();
        var history = new History();
        var now = START;
        for (var step = 0; step < 3000; step++) {
            now = now.plusMillis(random.nextInt(4) * 50L); // several changes at the same instant, too
            var number = random.nextInt(history.things.size() + 1);
            Integer value = random.nextInt(8) == 0 ? null : random.nextInt(100);
            if (number == history.things.size()) {
                var tags = Map.of("parity", String.valueOf(number % 2), "all", "yes");
                history.things.add(new History.Thing(tags, new TreeMap<>()));
                catalogue.add("thing-" + number, tags, now, value);
            } else {
                catalogue.set("thing-" + number, now, value);
            }
            history.things.get(number).values().put(now, value);
            assertThat(catalogue.now("thing-" + number)).isEqualTo(value);

            var multiple = 1 + random.nextInt(12); // more questions than answers are kept
            var at = now.minusMillis(random.nextInt((int) Catalogue.OLDEST_READ.toMillis() + 1));
            var tags = random.nextInt(3) == 0 ? Map.<String, String>of() : Map.of("parity", "" + random.nextInt(2));
            assertThat(catalogue.read(at, tags, multiple, any -> any % multiple == 0))
                    .isEqualTo(history.read(at, tags, any -> any % multiple == 0));

            var asked = List.of(number, random.nextInt(history.things.size()), history.things.size());
            assertThat(catalogue.read(
                            at, asked.stream().map(one -> "thing-" + one).toList()))
                    .isEqualTo(history.read(at, asked));
            assertThat(catalogue.read(at, "thing-" + number).stream().toList())
                    .isEqualTo(history.read(at, List.of(number)));
        }
    }

    /** What a storm's thousandth look costs must not be what the first one did. */
    @Test
    void aConditionIsTriedOnceForEachChangeHoweverOftenItIsAskedFor() {
        var catalogue = new Catalogue<Integer>();
        for (var number = 0; number < 1000; number++) {
            catalogue.add("eipalloc-" + number, POOL, START, number);
        }
        var now = START.plus(Catalogue.OLDEST_READ);
        var tried = new AtomicInteger();
        for (var look = 0; look < 1000; look++) {
            assertThat(catalogue.read(now, POOL, "free", number -> tried.incrementAndGet() > 0))
                    .hasSize(1000);
        }

        assertThat(tried).hasValue(1000);
    }

    /** A storm's looks come faster than its changes, and an answer names thousands. */
    @Test
    void readsBetweenTwoChangesShareWhatIsMadeOfTheFirst() {
        var catalogue = new Catalogue<String>();
        for (var number = 1; number <= Shelf.WORTH_KEEPING; number++) {
            catalogue.add("i-" + number, POOL, START, "one");
        }
        var change = START.plus(Catalogue.OLDEST_READ);
        catalogue.set("i-1", change, "two");

        var before = made(catalogue, change.minusSeconds(2));
        var after = made(catalogue, change);
        assertThat(made(catalogue, change.minusSeconds(1))).isSameAs(before);
        assertThat(made(catalogue, change.plusSeconds(1))).isSameAs(after);
        assertThat(before).containsOnly("one");
        assertThat(after).contains("one", "two");
    }

    private static List<String> made(Catalogue<String> catalogue, Instant at) {
        return catalogue.read(at, POOL, "all", any -> true, ArrayList::new);
    }

    @Test
    void nothingHasATagThatNothingWasGiven() {
        var catalogue = new Catalogue<String>();
        catalogue.add("i-1", POOL, START, "one");

        assertThat(catalogue.read(START, Map.of("Application", "Other"), "all", any -> true))
                .isEmpty();
        assertThat(catalogue.read(START.minus(Duration.ofSeconds(1)), POOL, "all", any -> true))
                .isEmpty();
    }

    @Test
    void anIdIsGivenOnce() {
        var catalogue = new Catalogue<String>();
        catalogue.add("i-1", POOL, START, "one");

        assertThatIllegalArgumentException().isThrownBy(() -> catalogue.add("i-1", POOL, START, "another"));
    }
}
