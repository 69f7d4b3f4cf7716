package io.spotplane.providers.rackspace;

import io.spotplane.providers.support.CallGuard;
import io.spotplane.providers.support.ConditionalGet;
import io.spotplane.providers.support.HttpAnswer;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;

/** The public bucket: percentiles of every class in one document, histories in one for each class. */
final class RackspaceFeed {

    private final WebClient http;
    private final Duration callTimeout;
    private final CallGuard guard;
    private final RackspaceFaults faults;
    private final InstantSource time;
    private final ConditionalGet<PriceFeed> percentiles;

    RackspaceFeed(WebClient http, Duration callTimeout, CallGuard guard, RackspaceFaults faults, InstantSource time) {
        this.http = http;
        this.callTimeout = callTimeout;
        this.guard = guard;
        this.faults = faults;
        this.time = time;
        this.percentiles = new ConditionalGet<>(http, "/percentiles.json", this::priceFeed);
    }

    /** {@code percentiles.json}; the same object for as long as it does not change. */
    Mono<PriceFeed> percentiles() {
        return guarded("percentiles.json", percentiles.get());
    }

    /** {@code history/{class}}. */
    Mono<JsonNode> history(String serverClass) {
        return guarded(
                "history",
                http.get()
                        .uri("/history/{class}", serverClass)
                        .exchangeToMono(HttpAnswer::read)
                        .publishOn(Schedulers.boundedElastic())
                        .map(this::document));
    }

    /** The answer for what was never auctioned, without asking. */
    <T> Mono<T> notAuctioned(String offeringId) {
        return Mono.error(faults.judge(faults.notAuctioned(offeringId)).ofRead(Rackspace.PROVIDER, "history", null));
    }

    private <T> Mono<T> guarded(String operation, Mono<T> call) {
        return call.timeout(callTimeout)
                .onErrorMap(failure -> faults.judge(failure).ofRead(Rackspace.PROVIDER, operation, null))
                .transform(guard.aroundRead("rackspace." + operation));
    }

    private Mono<PriceFeed> priceFeed(ClientResponse response) {
        return HttpAnswer.read(response).publishOn(Schedulers.boundedElastic()).map(this::priceFeed);
    }

    private PriceFeed priceFeed(HttpAnswer answer) {
        var regions = document(answer).path("regions");
        if (!regions.isObject()) {
            throw faults.unreadable(answer);
        }
        return PriceFeed.of(regions, asOf(answer));
    }

    private JsonNode document(HttpAnswer answer) {
        if (answer.status() != 200) {
            throw faults.noDocument(answer);
        }
        return Documents.object(answer).orElseThrow(() -> faults.unreadable(answer));
    }

    /** When the bucket got the document; now where it does not say, and never later. */
    private Instant asOf(HttpAnswer answer) {
        var now = time.instant();
        return Optional.ofNullable(answer.headers().getFirst(HttpHeaders.LAST_MODIFIED))
                .flatMap(RackspaceFeed::instant)
                .filter(at -> at.isBefore(now))
                .orElse(now);
    }

    private static Optional<Instant> instant(String date) {
        try {
            return Optional.of(ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException noDate) {
            return Optional.empty();
        }
    }
}
