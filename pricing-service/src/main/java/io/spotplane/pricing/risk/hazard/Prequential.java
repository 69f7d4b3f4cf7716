package io.spotplane.pricing.risk.hazard;

import io.spotplane.pricing.risk.Pool;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Forecasts made as they would have been at the time: the model is fitted to what had been seen, asked, and then told what came. Each life is
 * asked about when it begins, when it enters an age band and every day after, for each horizon. A question whose answer was never seen, because
 * the owner gave the machine back before, is left out.
 *
 * @param halfLife after which an observation counts half
 * @param refit how often the model learns anew
 * @param horizons how far ahead is asked
 */
public record Prequential(Duration halfLife, Duration refit, List<Duration> horizons) {

    /** Days after which a life is no longer asked about. */
    private static final int MAX_DAYS = 30;

    private static final double HOUR_MILLIS = 3_600_000;

    public Prequential {
        if (!refit.isPositive() || !halfLife.isPositive()) {
            throw new IllegalArgumentException(
                    "half-life and refit are " + halfLife + " and " + refit + ", expected more than 0");
        }
        horizons = List.copyOf(horizons);
    }

    /** The forecasts about {@code lives} that were due at {@code from} or later. */
    public List<Forecast> about(List<Spell> lives, Instant from, StatedRates stated) {
        var replay = new Replay(lives, halfLife);
        var forecasts = new ArrayList<Forecast>();
        Knowledge knowledge = null;
        for (var question : questions(lives, from)) {
            if (knowledge == null || knowledge.olderThan(refit, question.at())) {
                knowledge = Knowledge.at(replay.advanceTo(question.at()).seen(), question.at(), stated);
            }
            for (var horizon : horizons) {
                question.answered(horizon, knowledge, forecasts);
            }
        }
        return forecasts;
    }

    private static List<Question> questions(List<Spell> lives, Instant from) {
        return lives.stream()
                .flatMap(Prequential::questions)
                .filter(question -> !question.at().isBefore(from))
                .sorted(Comparator.comparing(Question::at))
                .toList();
    }

    private static Stream<Question> questions(Spell life) {
        var young = Stream.of(AgeBand.values()).map(AgeBand::fromHours);
        var old = Stream.iterate(48.0, hours -> hours + 24).limit(MAX_DAYS - 2);
        return Stream.concat(young, old)
                .takeWhile(hours -> hours < life.ageHours(life.to()))
                .map(hours -> new Question(life, hours, life.from().plusMillis(Math.round(hours * HOUR_MILLIS))));
    }

    /** A life at one age. */
    private record Question(Spell life, double age, Instant at) {

        void answered(Duration horizon, Knowledge knowledge, List<Forecast> forecasts) {
            boolean survived = !life.to().isBefore(at.plus(horizon));
            if (survived || life.ended()) {
                forecasts.add(knowledge.forecast(life.pool(), at, age, horizon, survived));
            }
        }
    }

    /** The model and its two simple rivals, as of one moment. */
    private record Knowledge(Instant at, HazardModel model, Map<Pool, Exposure> seen, double baseRate) {

        static Knowledge at(Map<Pool, Exposure> seen, Instant moment, StatedRates stated) {
            var all = new Exposure();
            seen.values().forEach(all::add);
            return new Knowledge(
                    moment,
                    HazardModel.fit(Process.RECLAIM, seen, stated),
                    seen,
                    (all.ends() + 1) / (all.hours() + 10));
        }

        boolean olderThan(Duration refit, Instant now) {
            return Duration.between(at, now).compareTo(refit) >= 0;
        }

        Forecast forecast(Pool pool, Instant now, double age, Duration horizon, boolean survived) {
            double hours = AgeBand.hours(horizon);
            var ours = model.of(pool).between(age, age + hours).chanceOfNone();
            return new Forecast(
                    pool, now, horizon, ours, Math.exp(-poolRate(pool) * hours), Math.exp(-baseRate * hours), survived);
        }

        private double poolRate(Pool pool) {
            var exposure = seen.getOrDefault(pool, new Exposure());
            return (exposure.ends() + 1) / (exposure.hours() + 1 / baseRate);
        }
    }
}
