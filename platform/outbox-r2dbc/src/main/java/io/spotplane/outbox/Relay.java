package io.spotplane.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.spotplane.kafka.EventCodec;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Announces what waits, one round after the other; blocks, on the thread of {@link RelayThread}.
 *
 * <p>Why order per subject holds: an event is sent only after the broker acknowledged the one before it in its lane. So
 * whatever repeats (a relay died before it deleted, a lease ran out while an answer was late) is a repeat of something already
 * sent, never a first sight out of order. For the same reason a failed send stops its lane and no other.
 */
final class Relay {

    private static final Logger log = LoggerFactory.getLogger(Relay.class);
    private static final Duration DATABASE_LIMIT = Duration.ofSeconds(20);
    /** Longer than the producer's own {@code delivery.timeout.ms}: it is the one to give up. */
    private static final Duration ACK_LIMIT = Duration.ofSeconds(35);

    private final PendingEvents events;
    private final EventCodec codec;
    private final Function<ProducerRecord<String, byte[]>, ? extends CompletableFuture<?>> broker;
    private final Duration lease;
    private final Counter published;

    Relay(
            PendingEvents events,
            EventCodec codec,
            Function<ProducerRecord<String, byte[]>, ? extends CompletableFuture<?>> broker,
            Duration lease,
            MeterRegistry meters) {
        this.events = events;
        this.codec = codec;
        this.broker = broker;
        this.lease = lease;
        this.published = meters.counter("spotplane.outbox.published");
    }

    /** Claims shards, sends their oldest events, deletes what was acknowledged and gives the shards back. */
    Round round() {
        var token = UUID.randomUUID();
        var shards = await(events.claim(token));
        if (shards.isEmpty()) {
            return Round.NOTHING_TO_DO;
        }
        try {
            return announce(await(events.oldest(shards)), token);
        } finally {
            await(events.release(token).thenReturn(true));
        }
    }

    private Round announce(List<PendingEvent> batch, UUID token) {
        var sending = new Sending(batch);
        var half = System.nanoTime() + lease.toNanos() / 2;
        while (sending.hasNext() && System.nanoTime() < half) {
            sending.nextWave();
        }
        delete(sending.acknowledged, token);
        return sending.failed ? Round.BROKER_FAILED : Round.ANNOUNCED;
    }

    private void delete(Collection<Long> acknowledged, UUID token) {
        if (acknowledged.isEmpty()) {
            return;
        }
        long deleted = await(events.delete(acknowledged, token));
        published.increment(deleted);
        if (deleted < acknowledged.size()) {
            log.warn("Lease ran out: {} events will be announced again", acknowledged.size() - deleted);
        }
    }

    private static <T> T await(Mono<T> answer) {
        return answer.blockOptional(DATABASE_LIMIT).orElseThrow();
    }

    /** How a round ended. */
    enum Round {
        NOTHING_TO_DO,
        ANNOUNCED,
        BROKER_FAILED
    }

    /** The sending of one batch: in waves, of which each has at most one event of a lane. */
    private final class Sending {

        private final Map<PendingEvent.Lane, Queue<PendingEvent>> lanes = new LinkedHashMap<>();
        private final List<Long> acknowledged = new ArrayList<>();
        private boolean failed;

        Sending(List<PendingEvent> batch) {
            batch.forEach(event -> lanes.computeIfAbsent(event.lane(), lane -> new ArrayDeque<>())
                    .add(event));
        }

        boolean hasNext() {
            return !lanes.isEmpty();
        }

        void nextWave() {
            var wave = new LinkedHashMap<PendingEvent, CompletableFuture<?>>();
            for (var lane : List.copyOf(lanes.values())) {
                if (!send(lane.element(), wave)) {
                    break;
                }
            }
            wave.forEach(this::settle);
        }

        /** False when the broker cannot even be asked; then asking for the others would block as long for each. */
        private boolean send(PendingEvent event, Map<PendingEvent, CompletableFuture<?>> wave) {
            try {
                wave.put(event, broker.apply(record(event)));
                return true;
            } catch (RuntimeException e) {
                fail(event, e);
                lanes.keySet()
                        .retainAll(
                                wave.keySet().stream().map(PendingEvent::lane).toList());
                return false;
            }
        }

        private ProducerRecord<String, byte[]> record(PendingEvent event) {
            return codec.write(event.envelope(), event.payload().getBytes(UTF_8));
        }

        private void settle(PendingEvent event, CompletableFuture<?> answer) {
            try {
                answer.get(ACK_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
                acknowledge(event);
            } catch (ExecutionException | TimeoutException e) {
                fail(event, e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                fail(event, e);
            }
        }

        private void acknowledge(PendingEvent event) {
            acknowledged.add(event.position());
            lanes.computeIfPresent(
                    event.lane(), (lane, waiting) -> waiting.size() == 1 ? null : without(event, waiting));
        }

        private static Queue<PendingEvent> without(PendingEvent first, Queue<PendingEvent> waiting) {
            waiting.remove(first);
            return waiting;
        }

        private void fail(PendingEvent event, Exception fault) {
            failed = true;
            lanes.remove(event.lane());
            log.warn(
                    "{} was not taken, will be announced later: {}",
                    event.envelope().topic(),
                    fault.toString());
        }
    }
}
