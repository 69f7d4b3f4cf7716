package io.spotplane.gateway.apidocs;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** What one service says about its API ({@code /v3/api-docs}); while it is away, what it last said. */
final class ServiceDescription {

    private static final Logger LOG = LoggerFactory.getLogger(ServiceDescription.class);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(3);
    private static final Duration GOOD_FOR = Duration.ofMinutes(1);
    private static final Duration ASK_AGAIN_AFTER = Duration.ofSeconds(5);

    private final String service;
    private final AtomicReference<@Nullable JsonNode> lastGood = new AtomicReference<>();
    private final Mono<JsonNode> description;

    ServiceDescription(String service, URI base, WebClient http) {
        this.service = service;
        this.description = http.get()
                .uri(base.resolve("/v3/api-docs"))
                .retrieve()
                .bodyToMono(JsonNode.class)
                .timeout(ANSWER_WITHIN)
                .doOnNext(lastGood::set)
                .onErrorResume(this::whatItLastSaid)
                .cache(good -> GOOD_FOR, fault -> ASK_AGAIN_AFTER, () -> ASK_AGAIN_AFTER);
    }

    String service() {
        return service;
    }

    /** Empty when it never told. */
    Mono<JsonNode> description() {
        return description;
    }

    private Mono<JsonNode> whatItLastSaid(Throwable fault) {
        LOG.warn("{} does not describe its API: {}", service, fault.toString());
        return Mono.justOrEmpty(lastGood.get());
    }
}
