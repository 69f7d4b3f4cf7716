package io.spotplane.gateway.apidocs;

import io.spotplane.gateway.route.Upstreams;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** The API's description at one address. A service that is away is named in it, and the others are still described. */
@RestController
class ApiDescription {

    private static final int LARGEST_BYTES = 2 * 1024 * 1024;

    private final List<ServiceDescription> services;

    ApiDescription(Upstreams upstreams) {
        var http = WebClient.builder()
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(LARGEST_BYTES))
                .build();
        this.services = upstreams.byName().entrySet().stream()
                .map(service -> new ServiceDescription(service.getKey(), service.getValue(), http))
                .toList();
    }

    @GetMapping(path = "/v1/openapi.json", produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<JsonNode>> merged() {
        return Flux.fromIterable(services)
                .flatMapSequential(ApiDescription::told)
                .collectList()
                .map(ApiDescription::merge)
                .map(whole -> ResponseEntity.ok()
                        .cacheControl(CacheControl.maxAge(Duration.ofMinutes(1)).cachePublic())
                        .body(whole));
    }

    private static Mono<Told> told(ServiceDescription service) {
        return service.description()
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .map(description -> new Told(service.service(), description));
    }

    private static JsonNode merge(List<Told> all) {
        Map<String, JsonNode> present = new LinkedHashMap<>();
        all.forEach(told -> told.description().ifPresent(description -> present.put(told.service(), description)));
        return MergedDescription.of(
                present,
                all.stream()
                        .map(Told::service)
                        .filter(service -> !present.containsKey(service))
                        .toList());
    }

    private record Told(String service, Optional<JsonNode> description) {}
}
