package io.spotplane.outbox;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import io.r2dbc.spi.ConnectionFactory;
import io.spotplane.kafka.EventCodec;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.TreeSet;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.system.ApplicationPid;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.PropertySource;
import org.springframework.core.io.support.ResourcePatternResolver;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

/** Outbox, inbox and relay of a service with a database. The service names {@code classpath:db/outbox} to Flyway. */
@AutoConfiguration(
        afterName = {
            "org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration",
            "org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration",
            "io.spotplane.kafka.KafkaEdgeAutoConfiguration"
        })
@PropertySource("classpath:io/spotplane/outbox/outbox.properties")
@EnableConfigurationProperties(OutboxSettings.class)
class OutboxAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(Outbox.class)
    R2dbcOutbox outbox(
            DatabaseClient database,
            EventCodec codec,
            ObjectProvider<Tracer> tracer,
            ObjectProvider<Propagator> propagator) {
        var trace = new CallersTrace(
                tracer.getIfAvailable(() -> Tracer.NOOP), propagator.getIfAvailable(() -> Propagator.NOOP));
        return new R2dbcOutbox(database, codec, trace, Clock.systemUTC());
    }

    @Bean
    @ConditionalOnMissingBean(Inbox.class)
    R2dbcInbox inbox(DatabaseClient database, TransactionalOperator transaction, ObjectProvider<MeterRegistry> meters) {
        return new R2dbcInbox(database, transaction, meters.getIfAvailable(() -> Metrics.globalRegistry));
    }

    @Bean
    DatabaseSignals databaseSignals(ConnectionFactory connections) {
        return new DatabaseSignals(connections);
    }

    /** Events carry {@code /spotplane/<spring.application.name>} as their source. */
    @Bean
    PendingEvents pendingEvents(
            DatabaseClient database, OutboxSettings settings, @Value("${spring.application.name}") String service) {
        return new PendingEvents(database, settings, "/spotplane/" + service, "pid " + new ApplicationPid());
    }

    @Bean
    OutboxHousekeeping outboxHousekeeping(
            PendingEvents events,
            DatabaseClient database,
            OutboxSettings settings,
            ObjectProvider<MeterRegistry> meters) {
        return new OutboxHousekeeping(events, database, settings, meters.getIfAvailable(() -> Metrics.globalRegistry));
    }

    /** The migrations are what {@code spring.flyway.locations} names, found here without Flyway, whose absence is to be noticed. */
    @Bean
    @ConditionalOnEnabledHealthIndicator("schema")
    SchemaHealthIndicator schemaHealthIndicator(
            DatabaseClient database,
            ResourcePatternResolver resources,
            @Value("${spring.flyway.locations:classpath:db/migration}") List<String> locations)
            throws IOException {
        var migrations = new TreeSet<String>();
        for (var location : locations) {
            for (var script : resources.getResources(location.replace("classpath:", "classpath*:") + "/**/V*.sql")) {
                migrations.add(requireNonNull(script.getFilename()));
            }
        }
        return new SchemaHealthIndicator(database, migrations);
    }

    @Bean
    @ConditionalOnProperty(name = "spotplane.outbox.relay", havingValue = "true", matchIfMissing = true)
    RelayThread outboxRelay(
            PendingEvents events,
            EventCodec codec,
            KafkaTemplate<String, byte[]> kafka,
            DatabaseSignals signals,
            OutboxSettings settings,
            ObjectProvider<MeterRegistry> meters) {
        var relay = new Relay(
                events, codec, kafka::send, settings.lease(), meters.getIfAvailable(() -> Metrics.globalRegistry));
        return new RelayThread(relay, signals, settings);
    }
}
