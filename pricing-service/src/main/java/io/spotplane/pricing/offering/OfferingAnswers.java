package io.spotplane.pricing.offering;

import io.spotplane.contracts.problem.ProblemType;
import io.spotplane.pricing.page.PageToken;
import io.spotplane.web.ProblemException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** What all answers about offerings have in common: the sources that they were merged from, and how long they may be kept. */
@Component
class OfferingAnswers {

    private final Storefront storefront;
    private final ServingSettings settings;
    private final Clock clock;

    OfferingAnswers(Storefront storefront, ServingSettings settings, Clock clock) {
        this.storefront = storefront;
        this.settings = settings;
        this.clock = clock;
    }

    /** An empty list would claim that nothing is for sale; the truth is that nobody knows yet. */
    void refuseWhileEmpty() {
        if (!storefront.hasPrices()) {
            throw ProblemException.retryLater(
                    ProblemType.UNAVAILABLE, "no market has been collected yet", Duration.ofSeconds(5));
        }
    }

    Instant now() {
        return clock.instant();
    }

    List<SourceState> sources(Instant now, List<Storefront.MarketState> asked) {
        return asked.stream()
                .map(market -> SourceState.at(now, market.report(), storefront.detached()))
                .toList();
    }

    OfferedOffering shown(Instant now, Storefront.Found found, @Nullable Integer nodes) {
        return OfferedOffering.at(now, found, storefront.detached().isPresent(), nodes);
    }

    /**
     * The ETag of a page: changes with what it says, not with the seconds that pass; the same on every replica.
     *
     * @param question everything that decides which items are on the page
     * @param asked the markets and the version of what they showed
     * @param sources how they are doing
     */
    static String etag(String question, List<Storefront.MarketState> asked, List<SourceState> sources) {
        var versions = asked.stream()
                .map(Storefront.MarketState::version)
                .map(String::valueOf)
                .collect(Collectors.joining(","));
        var states = sources.stream()
                .map(source -> source.source() + source.asOf() + source.stale() + source.error())
                .collect(Collectors.joining(","));
        return PageToken.fingerprint(String.join("|", question, versions, states));
    }

    <T> ResponseEntity<T> answer(String etag, T body) {
        return ResponseEntity.ok()
                .eTag("W/\"" + etag + "\"")
                .cacheControl(CacheControl.maxAge(settings.maxAge()).cachePrivate())
                .body(body);
    }
}
