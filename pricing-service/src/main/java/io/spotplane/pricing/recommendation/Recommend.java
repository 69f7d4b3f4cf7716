package io.spotplane.pricing.recommendation;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.spotplane.contracts.problem.Problem.FieldError;
import io.spotplane.contracts.problem.ProblemType;
import io.spotplane.contracts.vocabulary.GpuModels;
import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.pricing.market.PricingSettings;
import io.spotplane.pricing.measure.PricingMeasure;
import io.spotplane.pricing.offering.MarketReport;
import io.spotplane.pricing.offering.Storefront;
import io.spotplane.pricing.recommendation.exact.Solution;
import io.spotplane.web.Caller;
import io.spotplane.web.ProblemException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import tools.jackson.databind.json.JsonMapper;

/** Makes a recommendation: thinks about what is for sale this moment, off the event loop, and keeps what was thought before it answers. */
@Service
class Recommend {

    private static final Duration SOON = Duration.ofSeconds(1);

    private final Storefront storefront;
    private final Recommendations recommendations;
    private final Survivals survivals;
    private final RecommendationSettings settings;
    private final String currency;
    private final Scheduler planning;
    private final JsonMapper json;
    private final Clock clock;
    private final MeterRegistry meters;
    private final Counter refused;

    Recommend(
            Storefront storefront,
            Recommendations recommendations,
            Survivals survivals,
            RecommendationSettings settings,
            PricingSettings pricing,
            @Qualifier("planning") Scheduler planning,
            JsonMapper json,
            Clock clock,
            MeterRegistry meters) {
        this.storefront = storefront;
        this.recommendations = recommendations;
        this.survivals = survivals;
        this.settings = settings;
        this.currency = pricing.currency();
        this.planning = planning;
        this.json = json;
        this.clock = clock;
        this.meters = meters;
        this.refused = Counter.builder(PricingMeasure.CALCULATION_REFUSED.meterName())
                .tag("kind", "recommendation")
                .tag("reason", "full")
                .register(meters);
        for (var status : Solution.Status.values()) {
            timer(status);
        }
    }

    private Timer timer(Solution.Status status) {
        return Timer.builder(PricingMeasure.RECOMMENDATION.meterName())
                .tag("outcome", status.name())
                .register(meters);
    }

    /** The answer to {@code request}, which can be looked up from now on. */
    Mono<RecommendationResource> recommend(Caller caller, RecommendationRequest request) {
        return Mono.fromCallable(() -> think(caller, request))
                .subscribeOn(planning)
                .onErrorMap(RejectedExecutionException.class, this::busy)
                .delayUntil(thought -> recommendations.add(thought.kept()))
                .map(Thought::answer)
                .checkpoint("recommend");
    }

    private record Thought(RecommendationResource answer, Recommendations.Kept kept) {}

    private Thought think(Caller caller, RecommendationRequest request) {
        refuseWhileEmpty();
        refuse(request.errors(currency));
        var market = market(request);
        refuse(unknownGpus(request, market.forSale()));
        var timer = Timer.start(meters);
        var keptUntil = market.at().plus(settings.keep());
        var answer = new Decide(survivals, currency).answer(UUID.randomUUID(), request, market, keptUntil, timeIsUp());
        timer.stop(timer(answer.certificate().status()));
        return new Thought(answer.resource(), kept(caller, answer));
    }

    private Recommendations.Kept kept(Caller caller, Decide.Answer answer) {
        var resource = answer.resource();
        return new Recommendations.Kept(
                resource.id(),
                caller.tenant(),
                resource.createdAt(),
                resource.keptUntil(),
                json.writeValueAsString(resource.requested()),
                json.writeValueAsString(resource),
                PackedCandidates.pack(answer.candidates()),
                PackedCandidates.pack(json.writeValueAsBytes(answer.certificate())));
    }

    private BooleanSupplier timeIsUp() {
        long end = System.nanoTime() + settings.timeLimit().toNanos();
        return () -> System.nanoTime() - end > 0;
    }

    private Decide.Market market(RecommendationRequest request) {
        return new Decide.Market(
                clock.instant(),
                forSale(),
                reports(request),
                storefront.detached().isPresent());
    }

    private Collection<Offering> forSale() {
        var all = new ArrayList<Offering>(storefront.size());
        storefront.reports().stream()
                .map(report -> storefront.shelf(report.provider()))
                .flatMap(Optional::stream)
                .forEach(shelf -> all.addAll(shelf.offerings().values()));
        return all;
    }

    private List<MarketReport> reports(RecommendationRequest request) {
        var wanted = request.providers();
        return storefront.reports().stream()
                .filter(report -> wanted == null || wanted.isEmpty() || wanted.contains(report.provider()))
                .toList();
    }

    private void refuseWhileEmpty() {
        if (!storefront.hasPrices()) {
            throw ProblemException.retryLater(
                    ProblemType.UNAVAILABLE, "no market has been collected yet", Duration.ofSeconds(5));
        }
    }

    private static void refuse(List<FieldError> errors) {
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
    }

    /** A name is known when it stands in the reviewed table, or when somebody sells it. */
    private static List<FieldError> unknownGpus(RecommendationRequest request, Collection<Offering> forSale) {
        var names = request.gpu() == null || request.gpu().models() == null
                ? List.<String>of()
                : request.gpu().models();
        return IntStream.range(0, names.size())
                .filter(at -> !GpuModels.isReviewed(names.get(at)))
                .filter(at -> forSale.stream()
                        .noneMatch(offering -> offering.gpu() != null
                                && GpuModels.matches(
                                        names.get(at), offering.gpu().model())))
                .mapToObj(at -> new FieldError(
                        "/gpu/models/" + at,
                        "UNKNOWN_GPU",
                        "'" + names.get(at) + "' is no known GPU, and nobody sells one of that name"))
                .toList();
    }

    private ProblemException busy(Throwable full) {
        refused.increment();
        return ProblemException.retryLater(
                ProblemType.UNAVAILABLE, "too many recommendations are being thought about", SOON);
    }
}
