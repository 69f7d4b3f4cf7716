package io.spotplane.pricing.auction;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.pricing.measure.PricingMeasure;
import io.spotplane.pricing.offering.Storefront;
import io.spotplane.providers.spi.AuctionHistory;
import io.spotplane.providers.spi.AuctionPrices;
import io.spotplane.providers.spi.HammerPrice;
import io.spotplane.providers.spi.PricePercentiles;
import io.spotplane.providers.spi.ProviderFault;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * One round of one provider: its percentiles, then the history of every offering that takes bids, each by itself. What cannot be read keeps what is kept of it,
 * and says so; a round never fails.
 */
@Component
class ReadAuctions {

    private static final Logger LOG = LoggerFactory.getLogger(ReadAuctions.class);
    private static final int AT_ONCE = 4;
    private static final String NEW = "NEW";
    private static final String FAILED = "FAILED";
    private static final String LOOKED = "LOOKED";
    private static final String NO_LOOK = "NO_LOOK";

    private final AuctionArchive archive;
    private final Storefront storefront;
    private final AuctionSettings settings;
    private final MeterRegistry meters;
    private final Clock clock;

    ReadAuctions(
            AuctionArchive archive,
            Storefront storefront,
            AuctionSettings settings,
            MeterRegistry meters,
            Clock clock) {
        this.archive = archive;
        this.storefront = storefront;
        this.settings = settings;
        this.meters = meters;
        this.clock = clock;
    }

    /** Runs the round, if there is anything to ask for. Answers how many new prices it brought. */
    Mono<Long> of(AuctionHistory auctions) {
        var provider = auctions.provider();
        var offerings = Biddable.offerings(storefront, provider).toList();
        var began = Timer.start();
        return Mono.zip(look(auctions), archive.newest(provider))
                .flatMap(before -> Flux.fromIterable(offerings)
                        .flatMap(offering -> read(auctions, offering, before.getT2()), AT_ONCE)
                        .reduce(0L, Long::sum)
                        .delayUntil(added -> finished(provider, before.getT1())))
                .doOnNext(added -> began.stop(rounds(provider)))
                .checkpoint("read auctions of " + provider);
    }

    /** What is counted of {@code provider} is there before its first round. */
    void countFromZero(String provider) {
        rounds(provider);
        Stream.of(NEW, FAILED, LOOKED, NO_LOOK).forEach(outcome -> count(provider, outcome, 0));
        Stream.of(PointRule.values()).forEach(rule -> count(provider, rule.name(), 0));
    }

    private Timer rounds(String provider) {
        return meters.timer(PricingMeasure.AUCTION_ROUND.meterName(), "provider", provider);
    }

    private Mono<Void> finished(String provider, Looked looked) {
        return archive.finished(provider, clock.instant(), looked.error() == null, looked.error());
    }

    private Mono<Looked> look(AuctionHistory auctions) {
        return auctions.percentiles()
                .timeout(settings.timeout())
                .publishOn(Schedulers.boundedElastic())
                .map(this::looks)
                .flatMap(looks -> archive.append(looks).thenReturn(new Looked(null)))
                .onErrorResume(fault -> Mono.just(new Looked(told(auctions.provider(), "percentiles", fault))))
                .doOnNext(looked -> count(auctions.provider(), looked.error() == null ? LOOKED : NO_LOOK, 1));
    }

    /** Percentiles of what nobody sells now have no market price to go with. */
    private List<Look> looks(List<PricePercentiles> percentiles) {
        var now = clock.instant();
        var looks = new ArrayList<Look>(percentiles.size());
        for (var given : percentiles) {
            storefront
                    .offering(given.offeringId())
                    .map(found -> look(now, found.offering(), given))
                    .ifPresent(looks::add);
        }
        return looks;
    }

    private static Look look(Instant now, Offering offering, PricePercentiles given) {
        return new Look(
                offering.id(),
                now,
                Micros.of(offering.price().amount()),
                Micros.of(given.p20()),
                Micros.of(given.p50()),
                Micros.of(given.p80()));
    }

    private Mono<Long> read(AuctionHistory auctions, Offering offering, Map<String, Instant> newest) {
        var provider = auctions.provider();
        return auctions.prices(offering)
                .timeout(settings.timeout())
                .publishOn(Schedulers.boundedElastic())
                .flatMap(prices -> keep(provider, prices, newest.get(offering.id())))
                .onErrorResume(fault -> archive.unread(provider, offering.id(), told(provider, offering.id(), fault))
                        .thenReturn(0L));
    }

    private Mono<Long> keep(String provider, AuctionPrices prices, @Nullable Instant newest) {
        var now = clock.instant();
        var believed = new ArrayList<HammerPrice>();
        var rejected = 0;
        for (var price : prices.prices()) {
            if (newest != null && !price.at().isAfter(newest)) {
                continue;
            }
            var broken = PointRule.brokenBy(new PointRule.Judged(price, now, now.minus(settings.keep())));
            if (broken.isEmpty()) {
                believed.add(price);
            } else {
                rejected++;
                count(provider, broken.get().name(), 1);
            }
        }
        count(provider, NEW, believed.size());
        return archive.append(new AuctionArchive.Reading(provider, prices.offeringId(), now, rejected), believed);
    }

    private String told(String provider, String what, Throwable fault) {
        var why = explain(fault);
        LOG.warn("{}: {} not read, what is kept stays: {}", provider, what, why);
        count(provider, FAILED, 1);
        return why;
    }

    /** Only words that adapters made safe are shown. */
    private String explain(Throwable fault) {
        return switch (fault) {
            case ProviderFault told ->
                Objects.requireNonNullElse(told.getMessage(), told.refusal().name());
            case TimeoutException late -> "no answer within " + settings.timeout();
            default -> fault.getClass().getSimpleName();
        };
    }

    private void count(String provider, String outcome, long points) {
        meters.counter(PricingMeasure.AUCTION_POINTS.meterName(), "provider", provider, "outcome", outcome)
                .increment(points);
    }

    private record Looked(@Nullable String error) {}
}
