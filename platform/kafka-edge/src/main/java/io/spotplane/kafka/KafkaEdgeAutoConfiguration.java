package io.spotplane.kafka;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.PropertySource;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.KafkaOperations;
import org.springframework.kafka.event.ConsumerStartedEvent;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.DefaultErrorHandler;

/**
 * The Kafka edge of a service. Producer, consumer and listener settings are plain {@code spring.kafka.*} defaults (see
 * {@code kafka-edge.properties}); the error handler below is the one that Boot gives to every listener container.
 */
@AutoConfiguration(after = KafkaAutoConfiguration.class)
@PropertySource("classpath:io/spotplane/kafka/kafka-edge.properties")
@EnableConfigurationProperties(KafkaEdgeSettings.class)
class KafkaEdgeAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    EventCodec eventCodec() {
        return new CloudEventCodec(EventJson.tolerant());
    }

    /**
     * Poison goes to the dead-letter topic at once, anything else that may be the record's fault after a few tries, and a passing
     * fault is waited out. All on the record's own partition, so order per key holds.
     */
    @Bean
    @ConditionalOnMissingBean
    CommonErrorHandler kafkaErrorHandler(
            KafkaOperations<?, ?> kafka, KafkaEdgeSettings settings, ObjectProvider<MeterRegistry> meters) {
        var deadLetters = new DeadLetters(kafka, meters.getIfAvailable(() -> Metrics.globalRegistry));
        var handler = new DefaultErrorHandler(deadLetters, settings.bounded());
        handler.addNotRetryableExceptions(UnreadableEvent.class);
        handler.setBackOffFunction(
                (record, fault) -> PassingFaults.among(fault) ? settings.untilItPasses() : settings.bounded());
        return handler;
    }

    @Bean
    ApplicationListener<ConsumerStartedEvent> deadLettersCountedFromZero(ObjectProvider<MeterRegistry> meters) {
        return DeadLetters.countedFromZero(meters.getIfAvailable(() -> Metrics.globalRegistry));
    }

    @Bean
    @ConditionalOnBean(OwnedTopics.class)
    OwnedTopicsCreation ownedTopicsCreation(OwnedTopics owned, KafkaAdmin admin, KafkaEdgeSettings settings) {
        return new OwnedTopicsCreation(owned, admin, settings.retention());
    }

    @Bean
    @ConditionalOnEnabledHealthIndicator("kafka")
    KafkaHealthIndicator kafkaHealthIndicator(KafkaAdmin admin) {
        return new KafkaHealthIndicator(admin);
    }
}
