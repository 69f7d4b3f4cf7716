package io.spotplane.notification.stream;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.spotplane.notification.NotificationSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.stereotype.Component;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A tenant's log as server-sent events. Reads a page only when the reader has taken the one before: nothing is buffered for
 * a slow reader, and one that does not even take two heartbeats is dropped (it resumes by its last id).
 */
@Component
class EventStream {

    private static final int PAGE = 100;
    private static final Duration LEAST_RETRY = Duration.ofSeconds(1);
    private static final long RETRY_JITTER_MILLIS = 4_000;

    private final EventLog log;
    private final StreamSignals signals;
    private final NotificationSettings.Stream settings;
    private final AtomicInteger open = new AtomicInteger();
    private final MeterRegistry meters;

    EventStream(EventLog log, StreamSignals signals, NotificationSettings settings, MeterRegistry meters) {
        this.log = log;
        this.signals = signals;
        this.settings = settings.stream();
        this.meters = meters;
        Gauge.builder("spotplane.stream.open", open, AtomicInteger::get)
                .description("Event streams that are being read")
                .register(meters);
    }

    /** From {@code resume} on, or from now on. Never completes by itself. */
    Flux<ServerSentEvent<String>> of(String tenant, Wanted wanted, Optional<Cursor> resume) {
        var events = log.bounds(tenant).flatMapMany(bounds -> from(tenant, wanted, resume, bounds));
        return Flux.merge(Flux.just(greeting().concatWith(events), heartbeats()), 2, 1)
                .takeUntilOther(signals.stopping())
                .onErrorResume(Exceptions::isOverflow, tooSlow -> dropped())
                .doOnSubscribe(reader -> open.incrementAndGet())
                .doFinally(end -> open.decrementAndGet());
    }

    /** At once, so that a client knows that it is connected; clients of one outage come back at different times. */
    private static Flux<ServerSentEvent<String>> greeting() {
        var jitter = Duration.ofMillis(ThreadLocalRandom.current().nextLong(RETRY_JITTER_MILLIS));
        return Flux.just(ServerSentEvent.<String>builder()
                .comment("spotplane events")
                .retry(LEAST_RETRY.plus(jitter))
                .build());
    }

    private Flux<ServerSentEvent<String>> heartbeats() {
        return Flux.interval(settings.heartbeat())
                .map(beat -> ServerSentEvent.<String>builder().comment("").build());
    }

    private Flux<ServerSentEvent<String>> from(
            String tenant, Wanted wanted, Optional<Cursor> resume, EventLog.Bounds bounds) {
        var gap = resume.filter(bounds::hasGapAfter).map(cursor -> gap(bounds));
        var start = gap.isPresent()
                ? bounds.forgotten()
                : resume.map(Cursor::position).orElse(bounds.last());
        return Flux.fromStream(gap.stream())
                .concatWith(live(tenant, wanted, start).map(EventStream::message));
    }

    private Flux<LoggedEvent> live(String tenant, Wanted wanted, long start) {
        var position = new AtomicLong(start);
        return Flux.merge(Flux.just(""), signals.of(tenant), ticks())
                .onBackpressureLatest()
                .concatMap(tick -> unread(tenant, wanted, position), 1);
    }

    private Flux<String> ticks() {
        return Flux.interval(settings.poll()).map(tick -> "").onBackpressureLatest();
    }

    private Flux<LoggedEvent> unread(String tenant, Wanted wanted, AtomicLong position) {
        var page = Mono.defer(
                        () -> log.after(tenant, position.get(), wanted, PAGE).collectList())
                .doOnNext(events -> advance(position, events));
        return page.expand(events -> events.size() < PAGE ? Mono.empty() : page).concatMapIterable(events -> events, 1);
    }

    private static void advance(AtomicLong position, List<LoggedEvent> events) {
        if (!events.isEmpty()) {
            position.set(events.getLast().position());
        }
    }

    private Flux<ServerSentEvent<String>> dropped() {
        meters.counter("spotplane.stream.dropped").increment();
        return Flux.empty();
    }

    private static ServerSentEvent<String> message(LoggedEvent event) {
        return ServerSentEvent.<String>builder()
                .id(new Cursor(event.position()).text())
                .event(event.type())
                .data(event.envelope())
                .build();
    }

    /** Says that events between the reader's cursor and now are gone; what follows is everything that is still kept. */
    private static ServerSentEvent<String> gap(EventLog.Bounds bounds) {
        return ServerSentEvent.<String>builder()
                .id(new Cursor(bounds.forgotten()).text())
                .event("gap")
                .data("{\"type\":\"gap\",\"message\":\"events after your Last-Event-ID are no longer kept\"}")
                .build();
    }
}
