package io.spotplane.pricing.risk.observed;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.spotplane.pricing.measure.PricingMeasure;
import io.spotplane.pricing.risk.Pool;
import io.spotplane.pricing.risk.ReclaimRisk;
import io.spotplane.pricing.risk.hazard.Calibration;
import io.spotplane.pricing.risk.hazard.Exposure;
import io.spotplane.pricing.risk.hazard.HazardModel;
import io.spotplane.pricing.risk.hazard.LearnedRisk;
import io.spotplane.pricing.risk.hazard.Prequential;
import io.spotplane.pricing.risk.hazard.Process;
import io.spotplane.pricing.risk.hazard.Replay;
import io.spotplane.pricing.risk.hazard.Spell;
import io.spotplane.pricing.risk.hazard.StatedRates;
import io.spotplane.pricing.risk.hazard.Togetherness;
import io.spotplane.pricing.risk.observed.R2dbcObservations.Life;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * What this replica believes of reclaims: learnt again and again from everything that all replicas observed, replaced whole, read without waiting. Until
 * the first learning, and when nothing was ever observed, it is the carried prior, and says so.
 */
@Component
public class LearnRisk implements ReclaimRisk, SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(LearnRisk.class);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration REFIT = Duration.ofDays(1);
    private static final List<Duration> HORIZONS =
            List.of(Duration.ofHours(1), Duration.ofHours(6), Duration.ofDays(1));
    /** Sums older than this many half-lives count less than a thousandth. */
    private static final int HALF_LIVES_KEPT = 10;
    /** Lives that a calibration judges, the latest: some seconds of work. */
    private static final int MAX_JUDGED = 20_000;

    private final R2dbcObservations observations;
    private final RecordedTraces traces;
    private final AdvisorFeed advisor;
    private final RiskSettings settings;
    private final Clock clock;
    private final Timer learning;
    private volatile Belief belief = Belief.prior();
    private volatile Judgement judgement = new Judgement(Instant.EPOCH, Calibration.of(List.of()));
    private volatile @Nullable Disposable running;

    LearnRisk(
            R2dbcObservations observations,
            RecordedTraces traces,
            AdvisorFeed advisor,
            RiskSettings settings,
            Clock clock,
            MeterRegistry meters) {
        this.observations = observations;
        this.traces = traces;
        this.advisor = advisor;
        this.settings = settings;
        this.clock = clock;
        this.learning = Timer.builder(PricingMeasure.RISK_LEARN.meterName()).register(meters);
        Gauge.builder(PricingMeasure.RISK_POOLS.meterName(), this, risk -> risk.belief.observed())
                .register(meters);
        brier(meters, "ours", Calibration::ours);
        brier(meters, "pool_rate", Calibration::poolRate);
        brier(meters, "base_rate", Calibration::baseRate);
    }

    private void brier(MeterRegistry meters, String forecaster, Function<Calibration, Calibration.Score> score) {
        Gauge.builder(PricingMeasure.RISK_BRIER.meterName(), this, risk -> brierOf(risk.judgement.calibration(), score))
                .tag("forecaster", forecaster)
                .register(meters);
    }

    private static double brierOf(Calibration calibration, Function<Calibration, Calibration.Score> score) {
        return calibration.forecasts() == 0
                ? Double.NaN
                : score.apply(calibration).brier();
    }

    /**
     * What is believed.
     *
     * @param asOf when it was learnt; null for the carried prior, before anything was learnt
     * @param risk the model
     * @param seen hours and ends of each pool that still count, faded by their age
     */
    public record Belief(@Nullable Instant asOf, LearnedRisk risk, Map<Process, Map<Pool, Exposure>> seen) {

        static Belief prior() {
            return of(
                    null,
                    Map.of(Process.RECLAIM, Map.of(), Process.RETURN, Map.of()),
                    Togetherness.learn(List.of()),
                    StatedRates.NONE);
        }

        static Belief of(
                @Nullable Instant asOf,
                Map<Process, Map<Pool, Exposure>> seen,
                Togetherness togetherness,
                StatedRates stated) {
            var reclaims = HazardModel.fit(Process.RECLAIM, seen.getOrDefault(Process.RECLAIM, Map.of()), stated);
            var returns =
                    HazardModel.fit(Process.RETURN, seen.getOrDefault(Process.RETURN, Map.of()), StatedRates.NONE);
            return new Belief(asOf, new LearnedRisk(reclaims, returns, togetherness), seen);
        }

        /** Pools whose machines were observed. */
        int observed() {
            return seen.getOrDefault(Process.RECLAIM, Map.of()).size();
        }
    }

    /**
     * How good forecasts were.
     *
     * @param asOf when that was judged; the epoch before the first time
     * @param calibration the scores
     */
    public record Judgement(Instant asOf, Calibration calibration) {}

    /** What is believed now. */
    public Belief belief() {
        return belief;
    }

    /** How good what was believed turned out to be. */
    public Judgement judgement() {
        return judgement;
    }

    @Override
    public Survival survival(Pool pool, Duration age, Duration horizon) {
        return belief.risk().survival(pool, age, horizon);
    }

    @Override
    public double hazardPerHour(Pool pool, Duration age) {
        return belief.risk().hazardPerHour(pool, age);
    }

    @Override
    public double togetherness(Pool pool, Pool other) {
        return belief.risk().togetherness(pool, other);
    }

    /** Learns once from all there is. */
    Mono<Void> learn() {
        var now = clock.instant();
        return Mono.zip(observations.seen(now, settings.halfLife()), observations.lives(now), advisor.classes(now))
                .publishOn(Schedulers.boundedElastic())
                .doOnNext(all -> {
                    var began = Timer.start();
                    belief = learnt(now, all.getT1(), all.getT2(), all.getT3());
                    began.stop(learning);
                })
                .then()
                .timeout(PATIENCE);
    }

    private Belief learnt(Instant now, Map<Process, Map<Pool, Exposure>> sums, List<Life> lives, StatedRates stated) {
        var all = Map.of(
                Process.RECLAIM, new HashMap<>(sums.getOrDefault(Process.RECLAIM, Map.of())),
                Process.RETURN, new HashMap<>(sums.getOrDefault(Process.RETURN, Map.of())));
        var going = lives.stream().filter(life -> !life.over()).map(Life::spell).toList();
        addTo(all.get(Process.RECLAIM), going, now);
        addTo(all.get(Process.RECLAIM), traces.lives(), now);
        addTo(all.get(Process.RETURN), traces.outages(), now);
        return Belief.of(now, Map.copyOf(all), Togetherness.learn(told(lives)), stated);
    }

    private void addTo(@Nullable Map<Pool, Exposure> sums, List<Spell> spells, Instant now) {
        if (sums != null) {
            new Replay(spells, settings.halfLife())
                    .advanceDaily(now)
                    .seen()
                    .forEach((pool, exposure) ->
                            sums.computeIfAbsent(pool, key -> new Exposure()).add(exposure));
        }
    }

    private List<Spell> told(List<Life> lives) {
        return Stream.concat(traces.lives().stream(), lives.stream().map(Life::spell))
                .toList();
    }

    /** Judges past forecasts once: what would have been said before, and what came. */
    Mono<Void> judge() {
        var now = clock.instant();
        return Mono.zip(observations.lives(now), advisor.classes(now))
                .publishOn(Schedulers.boundedElastic())
                .doOnNext(all -> judgement = new Judgement(now, judged(told(all.getT1()), all.getT2())))
                .then();
    }

    private Calibration judged(List<Spell> lives, StatedRates stated) {
        var latest = lives.stream()
                .sorted(Comparator.comparing(Spell::to).reversed())
                .limit(MAX_JUDGED)
                .toList();
        return Calibration.of(
                new Prequential(settings.halfLife(), REFIT, HORIZONS).about(latest, Instant.EPOCH, stated));
    }

    private Mono<Void> forget() {
        var now = clock.instant();
        var oldest = now.minus(settings.halfLife().multipliedBy(HALF_LIVES_KEPT));
        return observations.forget(
                now.minus(settings.keepLives()), oldest.atOffset(ZoneOffset.UTC).toLocalDate());
    }

    @Override
    public void start() {
        var learns = every(settings.refresh(), "learn risk", this::learn);
        var judges = every(settings.calibrate(), "judge forecasts", () -> forget().then(judge()));
        running = Flux.merge(learns, judges).subscribe();
    }

    private static Flux<Void> every(Duration pause, String what, Supplier<Mono<Void>> step) {
        return Flux.interval(Duration.ZERO, pause)
                .onBackpressureLatest()
                .concatMap(
                        tick -> step.get().onErrorResume(fault -> {
                            LOG.warn("cannot {} now, what is known stays", what, fault);
                            return Mono.empty();
                        }),
                        1);
    }

    @Override
    public void stop() {
        var present = running;
        if (present != null) {
            present.dispose();
            running = null;
        }
    }

    @Override
    public boolean isRunning() {
        return running != null;
    }
}
