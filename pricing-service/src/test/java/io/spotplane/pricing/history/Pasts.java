package io.spotplane.pricing.history;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Pasts to order: {@code past("0.30").after(ofHours(2), "0.31").gone(ofHours(1))}. */
final class Pasts {

    static final Instant MIDNIGHT = Instant.parse("2026-03-01T00:00:00Z");

    private final List<Known> known = new ArrayList<>();
    private final List<Known.Gap> gaps = new ArrayList<>();
    private Instant at;

    private Pasts(Instant begin) {
        this.at = begin;
    }

    static Pasts past(String usd) {
        return new Pasts(MIDNIGHT).after(Duration.ZERO, usd);
    }

    static Pasts unknown() {
        return new Pasts(MIDNIGHT);
    }

    /** A past that does what it likes: repriced, withdrawn, unseen, at random times. */
    static Pasts random(long seed, int changes) {
        var random = new Random(seed);
        var past = unknown();
        for (int at = 0; at < changes; at++) {
            var pause = Duration.ofSeconds(1 + random.nextInt(20_000), random.nextInt(1_000_000) * 1_000L);
            if (random.nextInt(6) == 0) {
                past.gone(pause);
            } else {
                past.after(pause, BigDecimal.valueOf(1 + random.nextInt(12), 1).toPlainString());
            }
            if (random.nextInt(10) == 0) {
                past.unseen(past.at.plusSeconds(random.nextInt(600)), Duration.ofSeconds(1 + random.nextInt(9_000)));
            }
        }
        return past;
    }

    Pasts after(Duration pause, String usd) {
        at = at.plus(pause);
        known.add(new Known.Change(at, new BigDecimal(usd)));
        return this;
    }

    Pasts gone(Duration pause) {
        at = at.plus(pause);
        known.add(new Known.Change(at, null));
        return this;
    }

    Pasts day(CondensedDay day) {
        known.add(new Known.Day(day));
        return this;
    }

    /** Overlapping what is unseen already, it begins where that ends. */
    Pasts unseen(Instant since, Duration length) {
        var begin = gaps.isEmpty() || gaps.getLast().until().isBefore(since)
                ? since
                : gaps.getLast().until();
        gaps.add(new Known.Gap(begin, begin.plus(length)));
        return this;
    }

    Instant end() {
        return at;
    }

    List<Known> known() {
        return known;
    }

    List<Known.Gap> gaps() {
        return gaps;
    }

    Timeline during(Duration length) {
        return between(MIDNIGHT, MIDNIGHT.plus(length));
    }

    Timeline between(Instant from, Instant to) {
        return Timeline.of(new Span(from, to), "USD", known, gaps);
    }
}
