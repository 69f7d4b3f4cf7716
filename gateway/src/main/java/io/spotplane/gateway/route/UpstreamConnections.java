package io.spotplane.gateway.route;

import org.springframework.cloud.gateway.config.HttpClientCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How the gateway talks to services. */
@Configuration(proxyBeanMethods = false)
class UpstreamConnections {

    /** Reactor Netty repeats a request of any method on a reset connection; a write must not be sent twice behind our back. */
    @Bean
    HttpClientCustomizer neverRepeatSilently() {
        return client -> client.disableRetry(true);
    }
}
