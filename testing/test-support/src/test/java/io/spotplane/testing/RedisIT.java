package io.spotplane.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisClient;
import org.junit.jupiter.api.Test;

@Infrastructure(BackingService.REDIS)
class RedisIT {

    @Test
    void answersAtItsUri(RedisServer redis) {
        try (var client = RedisClient.create(redis.uri());
                var connection = client.connect()) {
            // When
            connection.sync().set("offering", "runpod/eu-1/l4");
            // Then
            assertThat(connection.sync().get("offering")).isEqualTo("runpod/eu-1/l4");
        }
    }

    @Test
    void anotherTestClassDoesNotSeeItsKeys(RedisServer redis) {
        // Given
        var other = RunningServers.OF_THIS_JVM.redisOf(KafkaIT.class);
        try (var mine = RedisClient.create(redis.uri());
                var theirs = RedisClient.create(other.uri());
                var writer = mine.connect();
                var reader = theirs.connect()) {
            // When
            writer.sync().set("mine", "1");
            // Then
            assertThat(reader.sync().exists("mine")).isZero();
        }
    }
}
