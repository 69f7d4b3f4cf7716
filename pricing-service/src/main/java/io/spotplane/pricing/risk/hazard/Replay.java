package io.spotplane.pricing.risk.hazard;

import io.spotplane.pricing.risk.Pool;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Spells told again in the order of time, so that a model can be fitted to what was known at any moment and to nothing later. What is old counts
 * less: half after {@code halfLife}.
 */
public final class Replay {

    private final Iterator<Spell> coming;
    private final List<Spell> going = new ArrayList<>();
    private final Map<Pool, Exposure> seen = new HashMap<>();
    private final Duration halfLife;
    private Instant now = Instant.MIN;
    private @Nullable Spell next;

    /** Nothing told yet. */
    public Replay(List<Spell> spells, Duration halfLife) {
        this.halfLife = halfLife;
        this.coming = spells.stream()
                .sorted(Comparator.comparing(Spell::from))
                .toList()
                .iterator();
        this.next = coming.hasNext() ? coming.next() : null;
    }

    /** Tells what happened until {@code moment}; not before the last one. */
    public Replay advanceTo(Instant moment) {
        if (moment.isBefore(now)) {
            throw new IllegalArgumentException("moment is " + moment + ", expected not before " + now);
        }
        fade(moment);
        begin(moment);
        going.removeIf(spell -> goneAfter(spell, moment));
        now = moment;
        return this;
    }

    /** Tells everything until {@code end} in steps of a day, so that what is old fades by its own age. */
    public Replay advanceDaily(Instant end) {
        while (next != null || !going.isEmpty()) {
            var step = nextStep();
            if (!step.isBefore(end)) {
                break;
            }
            advanceTo(step);
        }
        return now.isBefore(end) ? advanceTo(end) : this;
    }

    /** A day on, or straight to the next spell over a time without any. */
    private Instant nextStep() {
        var coming = next;
        if (coming != null && going.isEmpty()) {
            var firstDay = coming.from().plus(Duration.ofDays(1));
            return now == Instant.MIN || coming.from().isAfter(now) ? firstDay : now.plus(Duration.ofDays(1));
        }
        return now.plus(Duration.ofDays(1));
    }

    private void fade(Instant moment) {
        if (now != Instant.MIN) {
            double factor = fading(Duration.between(now, moment), halfLife);
            seen.values().forEach(exposure -> exposure.fade(factor));
        }
    }

    /** What is left of the weight of something after {@code time}. */
    public static double fading(Duration time, Duration halfLife) {
        return Math.pow(0.5, AgeBand.hours(time) / AgeBand.hours(halfLife));
    }

    private void begin(Instant moment) {
        while (next != null && next.from().isBefore(moment)) {
            going.add(next);
            next = coming.hasNext() ? coming.next() : null;
        }
    }

    private boolean goneAfter(Spell spell, Instant moment) {
        var from = spell.from().isAfter(now) ? spell.from() : now;
        boolean over = !spell.to().isAfter(moment);
        seen.computeIfAbsent(spell.pool(), pool -> new Exposure())
                .lived(spell.ageHours(from), spell.ageHours(over ? spell.to() : moment), over && spell.ended());
        return over;
    }

    /** What was seen until now, as a copy that stays as it is. */
    public Map<Pool, Exposure> seen() {
        var copy = new LinkedHashMap<Pool, Exposure>();
        seen.forEach((pool, exposure) -> copy.put(pool, exposure.copy()));
        return copy;
    }
}
