package io.spotplane.web.idempotency;

import io.spotplane.web.IdempotentWrites;
import io.spotplane.web.WebEdgeSettings;
import java.time.Clock;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.ReactiveTransactionManager;
import org.springframework.transaction.reactive.TransactionalOperator;
import tools.jackson.databind.json.JsonMapper;

/**
 * Idempotent writes, where a service has a database. The service adds {@code classpath:db/idempotency} to its Flyway
 * locations.
 */
@AutoConfiguration(
        afterName = {
            "org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration",
            "org.springframework.boot.r2dbc.autoconfigure.R2dbcTransactionManagerAutoConfiguration"
        })
@ConditionalOnClass({DatabaseClient.class, ReactiveTransactionManager.class})
@ConditionalOnBean({DatabaseClient.class, ReactiveTransactionManager.class})
@EnableConfigurationProperties(WebEdgeSettings.class)
class IdempotencyAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    IdempotentWrites idempotentWrites(
            DatabaseClient database,
            ReactiveTransactionManager transactions,
            JsonMapper json,
            WebEdgeSettings settings) {
        return new R2dbcIdempotentWrites(
                database,
                TransactionalOperator.create(transactions),
                new Fingerprint(json),
                settings.idempotency().patience());
    }

    @Bean
    ForgetOldAnswers forgetOldAnswers(DatabaseClient database, WebEdgeSettings settings) {
        return new ForgetOldAnswers(
                database, settings.idempotency().keep(), settings.idempotency().sweep(), Clock.systemUTC());
    }
}
