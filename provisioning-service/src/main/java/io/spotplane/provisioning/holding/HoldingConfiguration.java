package io.spotplane.provisioning.holding;

import com.fasterxml.uuid.Generators;
import io.micrometer.core.instrument.MeterRegistry;
import io.spotplane.contracts.event.Topics;
import io.spotplane.kafka.OwnedTopics;
import io.spotplane.kafka.OwnedTopics.Topic;
import io.spotplane.outbox.Outbox;
import io.spotplane.provisioning.document.Documents;
import io.spotplane.provisioning.offering.CoolDowns;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

@Configuration(proxyBeanMethods = false)
class HoldingConfiguration {

    @Bean
    InstantSource clock() {
        return InstantSource.system();
    }

    /** Ids whose order is that of their making (UUIDv7). */
    @Bean
    Supplier<UUID> ids() {
        var generator = Generators.timeBasedEpochGenerator();
        return generator::generate;
    }

    /** What is announced here, and what outside producers write to us. */
    @Bean
    OwnedTopics provisioningTopics() {
        return OwnedTopics.of(
                Topic.log(Topics.REQUESTS),
                Topic.log(Topics.INSTANCES),
                Topic.log(Topics.INTERRUPTIONS),
                Topic.log(Topics.GPU_REQUESTS),
                Topic.log(Topics.NODE_REQUESTS));
    }

    @Bean
    WakeUps wakeUps() {
        return new WakeUps();
    }

    @Bean
    Book book(
            DatabaseClient database,
            TransactionalOperator transaction,
            Outbox outbox,
            CoolDowns coolDowns,
            WakeUps wakeUps,
            Documents documents,
            InstantSource clock,
            MeterRegistry meters,
            Supplier<UUID> ids,
            @Value("${spotplane.provisioning.reconcile.lease:30s}") Duration lease) {
        var replica = "provisioning-" + ids.get();
        return new R2dbcBook(
                database,
                transaction,
                outbox,
                coolDowns,
                wakeUps,
                documents,
                clock,
                new BookMeters(meters),
                replica,
                lease);
    }
}
