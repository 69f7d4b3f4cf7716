package io.spotplane.pricing.shelf;

import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import org.springframework.boot.data.redis.autoconfigure.LettuceClientOptionsBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** While Redis is away its commands fail at once: queued, they would hold memory and hide the fact. */
@Configuration(proxyBeanMethods = false)
class ShelfConfiguration {

    private static final int MOST_WAITING_COMMANDS = 1_000;

    @Bean
    LettuceClientOptionsBuilderCustomizer failWhileDisconnected() {
        return options -> options.disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(MOST_WAITING_COMMANDS);
    }
}
