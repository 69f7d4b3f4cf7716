package io.spotplane.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.springframework.kafka.listener.DeadLetterPublishingRecoverer.HeaderNames.HeadersToAdd.EX_STACKTRACE;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.spotplane.contracts.event.Topics;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationListener;
import org.springframework.kafka.core.KafkaOperations;
import org.springframework.kafka.event.ConsumerStartedEvent;
import org.springframework.kafka.listener.ConsumerRecordRecoverer;
import org.springframework.kafka.listener.DeadLetterPublishingRecoverer;
import org.springframework.kafka.listener.MessageListenerContainer;

/**
 * Puts a record that was given up into its topic's dead-letter topic, unchanged, with the reason in header {@link #REASON} and
 * its origin in Spring Kafka's {@code kafka_dlt-original-…} headers. When even that fails the record stays where it is and is
 * tried again.
 */
final class DeadLetters implements ConsumerRecordRecoverer {

    /** Why it was given up: type and message of the innermost cause. */
    static final String REASON = "spotplane-reason";

    static final String METRIC = "spotplane.dead.letters";

    private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);

    private final DeadLetterPublishingRecoverer publisher;
    private final MeterRegistry meters;

    DeadLetters(KafkaOperations<?, ?> kafka, MeterRegistry meters) {
        this.meters = meters;
        publisher = new DeadLetterPublishingRecoverer(
                kafka, (record, fault) -> new TopicPartition(record.topic() + Topics.DEAD_LETTER_SUFFIX, -1));
        publisher.excludeHeader(EX_STACKTRACE);
        publisher.setHeadersFunction((record, fault) -> reason(fault));
    }

    /** The counter of a topic that is listened to is there from the start: an alert on its increase would miss the first letter otherwise. */
    static ApplicationListener<ConsumerStartedEvent> countedFromZero(MeterRegistry meters) {
        return started -> {
            var topics = started.getContainer(MessageListenerContainer.class)
                    .getContainerProperties()
                    .getTopics();
            if (topics != null) {
                List.of(topics).forEach(topic -> counter(meters, topic));
            }
        };
    }

    private static Counter counter(MeterRegistry meters, String topic) {
        return meters.counter(METRIC, "topic", topic);
    }

    @Override
    public void accept(ConsumerRecord<?, ?> record, Exception fault) {
        publisher.accept(record, fault);
        counter(meters, record.topic()).increment();
        log.warn(
                "Gave up {}-{}@{} (now in its dead-letter topic): {}",
                record.topic(),
                record.partition(),
                record.offset(),
                describe(fault));
    }

    private static Headers reason(Exception fault) {
        return new RecordHeaders().add(REASON, describe(fault).getBytes(UTF_8));
    }

    private static String describe(Exception fault) {
        return causesOf(fault)
                .filter(UnreadableEvent.class::isInstance)
                .findFirst()
                .map(Throwable::getMessage)
                .orElseGet(() -> innermost(fault));
    }

    private static String innermost(Exception fault) {
        return causesOf(fault)
                .reduce((outer, inner) -> inner)
                .map(cause -> cause.getClass().getSimpleName() + ": " + cause.getMessage())
                .orElse("unknown");
    }

    private static Stream<Throwable> causesOf(Throwable fault) {
        return Stream.iterate(fault, Objects::nonNull, Throwable::getCause);
    }
}
