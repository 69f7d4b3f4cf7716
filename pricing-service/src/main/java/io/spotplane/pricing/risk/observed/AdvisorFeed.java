package io.spotplane.pricing.risk.observed;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.spotplane.pricing.measure.PricingMeasure;
import io.spotplane.pricing.risk.hazard.StatedRates;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The AWS Spot Advisor's feed, from a file or the web, read again every day. When it cannot be read the last one stays. */
@Component
class AdvisorFeed {

    private static final Logger LOG = LoggerFactory.getLogger(AdvisorFeed.class);
    private static final Duration EVERY = Duration.ofDays(1);
    private static final Duration AGAIN = Duration.ofMinutes(10);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MAX_BYTES = 32 * 1024 * 1024;

    private final @Nullable URI address;
    private final MeterRegistry meters;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
    private volatile StatedRates latest = StatedRates.NONE;
    private volatile Instant dueAt = Instant.MIN;

    AdvisorFeed(RiskSettings settings, MeterRegistry meters) {
        this.address = settings.advisor();
        this.meters = meters;
        counter("read");
        counter("failed");
    }

    /** The latest classes that could be read; none when no feed is set. Never fails. */
    Mono<StatedRates> classes(Instant now) {
        var source = address;
        if (source == null || now.isBefore(dueAt)) {
            return Mono.just(latest);
        }
        return Mono.fromCallable(() -> AdvisorClasses.read(bytes(source)))
                .subscribeOn(Schedulers.boundedElastic())
                .timeout(PATIENCE.multipliedBy(2))
                .doOnNext(classes -> replace(classes, now))
                .<StatedRates>map(classes -> classes)
                .onErrorResume(fault -> {
                    keep(source, fault, now);
                    return Mono.just(latest);
                });
    }

    private void replace(AdvisorClasses classes, Instant now) {
        latest = classes;
        dueAt = now.plus(EVERY);
        LOG.info("read {} classes of the spot advisor", classes.size());
        counter("read").increment();
    }

    private void keep(URI source, Throwable fault, Instant now) {
        dueAt = now.plus(AGAIN);
        LOG.warn("cannot read the spot advisor's feed at {}, keeping what is known", source, fault);
        counter("failed").increment();
    }

    /** There from the start: an alert on its increase would miss the first otherwise. */
    private Counter counter(String outcome) {
        return meters.counter(PricingMeasure.RISK_ADVISOR.meterName(), "outcome", outcome);
    }

    private byte[] bytes(URI source) throws IOException, InterruptedException {
        return "http".equals(source.getScheme()) || "https".equals(source.getScheme()) ? fetched(source) : read(source);
    }

    private static byte[] read(URI source) throws IOException {
        return Files.readAllBytes("file".equals(source.getScheme()) ? Path.of(source) : Path.of(source.toString()));
    }

    private byte[] fetched(URI source) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(source).timeout(PATIENCE).build();
        var answer = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (var body = answer.body()) {
            if (answer.statusCode() != 200) {
                throw new IOException("status is " + answer.statusCode() + ", expected 200");
            }
            var bytes = body.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new IOException("it is longer than " + MAX_BYTES + " bytes");
            }
            return bytes;
        }
    }
}
