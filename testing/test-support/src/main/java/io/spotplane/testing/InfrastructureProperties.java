package io.spotplane.testing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.MergedContextConfiguration;

/**
 * Spring's side of {@link Infrastructure}: the context of an annotated class is told where the servers are and has the handles
 * as beans. A context belongs to one test class, because its database does.
 *
 * @param testClass the key under which Spring may cache the context
 */
record InfrastructureProperties(Class<?> testClass) implements ContextCustomizer {

    @Override
    public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
        var demand = Demand.of(testClass);
        var servers = RunningServers.OF_THIS_JVM;
        servers.require(demand.services());
        var properties = new HashMap<String, Object>();
        for (var service : demand.services()) {
            switch (service) {
                case POSTGRES -> offer(context, properties, demand.postgres(servers));
                case REDIS -> offer(context, properties, demand.redis(servers));
                case KAFKA -> offer(context, properties, demand.kafka(servers));
            }
        }
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("infrastructure", properties));
    }

    private static void offer(
            ConfigurableApplicationContext context, Map<String, Object> properties, PostgresServer postgres) {
        context.getBeanFactory().registerSingleton("postgresServer", postgres);
        properties.put("spring.r2dbc.url", postgres.r2dbcUrl());
        properties.put("spring.r2dbc.username", postgres.user());
        properties.put("spring.r2dbc.password", postgres.password());
        properties.put("spring.flyway.url", postgres.jdbcUrl());
        properties.put("spring.flyway.user", postgres.user());
        properties.put("spring.flyway.password", postgres.password());
    }

    private static void offer(
            ConfigurableApplicationContext context, Map<String, Object> properties, RedisServer redis) {
        context.getBeanFactory().registerSingleton("redisServer", redis);
        properties.put("spring.data.redis.host", redis.host());
        properties.put("spring.data.redis.port", redis.port());
        properties.put("spring.data.redis.database", redis.database());
        properties.put("spring.data.redis.password", redis.password());
    }

    private static void offer(
            ConfigurableApplicationContext context, Map<String, Object> properties, KafkaServer kafka) {
        context.getBeanFactory().registerSingleton("kafkaServer", kafka);
        properties.put("spring.kafka.bootstrap-servers", kafka.bootstrapServers());
    }

    /** Found by Spring through {@code META-INF/spring.factories}. */
    static final class Factory implements ContextCustomizerFactory {

        @Override
        public @Nullable ContextCustomizer createContextCustomizer(
                Class<?> testClass, List<ContextConfigurationAttributes> attributes) {
            return Demand.isMadeBy(testClass)
                    ? new InfrastructureProperties(Demand.of(testClass).owner())
                    : null;
        }
    }
}
