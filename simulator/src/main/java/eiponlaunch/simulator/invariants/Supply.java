package eiponlaunch.simulator.invariants;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** How many addresses were free for one need, and how many launches wanted one, over the time of a run. */
final class Supply {
    private record Spell(Instant from, boolean scarce) {}

    private final List<Spell> spells = new ArrayList<>();
    private int free;
    private int waiting;

    Supply(Instant now, int free) {
        this.free = free;
        spells.add(new Spell(now, false));
    }

    int free() {
        return free;
    }

    int waiting() {
        return waiting;
    }

    void change(Instant now, int freed, int wanted) {
        free += freed;
        waiting += wanted;
        var scarce = free < waiting;
        if (scarce != spells.get(spells.size() - 1).scarce()) {
            spells.add(new Spell(now, scarce));
        }
    }

    /**
     * For how long, between the two, a launch may have found nothing: fewer addresses were free than launches wanted one.
     *
     * @param untilTheNextLook added for each such spell, as a launch that waits learns of its end only then
     */
    Duration scarce(Instant from, Instant to, Duration untilTheNextLook) {
        var total = Duration.ZERO;
        for (var i = spells.size() - 1; i >= 0; i--) {
            var spell = spells.get(i);
            var end = i == spells.size() - 1 ? to : spells.get(i + 1).from();
            if (!end.isAfter(from)) {
                break;
            }
            if (spell.scarce() && spell.from().isBefore(to)) {
                var begin = spell.from().isBefore(from) ? from : spell.from();
                total = total.plus(Duration.between(begin, end.isBefore(to) ? end : to))
                        .plus(untilTheNextLook);
            }
        }
        return total;
    }
}
