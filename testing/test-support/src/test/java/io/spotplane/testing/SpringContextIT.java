package io.spotplane.testing;

import static io.spotplane.testing.BackingService.KAFKA;
import static io.spotplane.testing.BackingService.POSTGRES;
import static io.spotplane.testing.BackingService.REDIS;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.r2dbc.core.DatabaseClient;

@SpringBootTest
@Infrastructure({POSTGRES, REDIS, KAFKA})
class SpringContextIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Autowired
    DatabaseClient database;

    @Autowired
    ReactiveStringRedisTemplate redis;

    @Autowired
    KafkaTemplate<String, String> kafka;

    @Autowired
    PostgresServer postgres;

    @Test
    void r2dbcReachesTheDatabaseOfThisClass(PostgresServer injected) {
        var current =
                database.sql("select current_database()").mapValue(String.class).one();
        assertThat(current.block(PATIENCE)).isEqualTo(postgres.database());
        assertThat(injected).isEqualTo(postgres);
    }

    @Test
    void redisAcceptsThePassword() {
        var written = redis.opsForValue().set("key", "value");
        assertThat(written.block(PATIENCE)).isTrue();
    }

    @Test
    void kafkaAcknowledgesARecord() throws Exception {
        var sent = kafka.send("spring-context-it", "key", "value").get(20, TimeUnit.SECONDS);
        assertThat(sent.getRecordMetadata().hasOffset()).isTrue();
    }

    @Configuration
    @EnableAutoConfiguration
    static class EmptyApplication {}
}
