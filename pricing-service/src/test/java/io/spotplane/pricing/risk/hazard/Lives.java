package io.spotplane.pricing.risk.hazard;

import io.spotplane.pricing.risk.Pool;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Lives drawn from known hazards. */
final class Lives {

    static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

    private Lives() {}

    static Pool pool(String region, String zone) {
        return new Pool("aws", region, zone, "p3.2xlarge");
    }

    /** One machine after another until {@code until}; {@code perHour} is the hazard at every age. */
    static List<Spell> constant(Pool pool, double perHour, Instant until, Random random) {
        var lives = new ArrayList<Spell>();
        var from = START;
        while (from.isBefore(until)) {
            double hours = -Math.log(1 - random.nextDouble()) / perHour;
            var end = from.plusMillis(Math.round(hours * 3_600_000) + 1);
            lives.add(end.isBefore(until) ? new Spell(pool, from, end, true) : new Spell(pool, from, until, false));
            from = end;
        }
        return lives;
    }

    static Exposure exposure(List<Spell> lives) {
        var exposure = new Exposure();
        lives.forEach(life -> exposure.lived(0, life.ageHours(life.to()), life.ended()));
        return exposure;
    }

    static Instant after(Duration time) {
        return START.plus(time);
    }
}
