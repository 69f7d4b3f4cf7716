package io.spotplane.web.sample;

import io.spotplane.contracts.problem.ProblemType;
import io.spotplane.contracts.vocabulary.CapacityType;
import io.spotplane.contracts.vocabulary.Money;
import io.spotplane.web.Caller;
import io.spotplane.web.ProblemException;
import io.spotplane.web.PublicPaths;
import io.spotplane.web.QueryRecord;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Has one endpoint for each thing the edge does. */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import(SampleService.Things.class)
public class SampleService {

    @Bean
    PublicPaths publicPaths() {
        return new PublicPaths(List.of("/v1/public/**"));
    }

    public record Wanted(
            String model,
            int count,
            @Nullable CapacityType capacityType,
            @Nullable Money budget,
            @Nullable Wanted next) {}

    public record Named(
            @NotBlank String name,
            @Min(1) @Max(8) int count,
            @Nullable @Valid Named inner) {}

    public record Filter(
            @Nullable String region,
            @Nullable @Min(1) Integer gpuCount,
            @Nullable List<@NotBlank String> classes) {}

    @RestController
    static class Things {

        @GetMapping("/v1/me")
        Mono<Map<String, Object>> me(Caller caller) {
            return Mono.just(Map.of(
                    "tenant", caller.tenant(),
                    "subject", caller.subject(),
                    "permissions", caller.permissions().size()));
        }

        @GetMapping("/v1/public/me")
        Mono<String> nobody(Caller caller) {
            return Mono.just(caller.tenant());
        }

        @GetMapping("/v1/public/thing")
        Mono<String> open() {
            return Mono.just("open");
        }

        @PreAuthorize("hasAuthority('requests:write')")
        @PostMapping("/v1/things")
        Mono<Wanted> add(@RequestBody Wanted wanted) {
            return Mono.just(wanted);
        }

        @PostMapping("/v1/named")
        Mono<Named> name(@Valid @RequestBody Named named) {
            return Mono.just(named);
        }

        @GetMapping("/v1/things")
        Mono<List<String>> list(
                @RequestParam(required = false) @Nullable List<String> region,
                @RequestParam(defaultValue = "50") @Min(1) int pageSize) {
            return Mono.just(List.of(region + "/" + pageSize));
        }

        @GetMapping("/v1/filtered")
        Mono<Filter> filtered(@QueryRecord Filter filter) {
            return Mono.just(filter);
        }

        @GetMapping("/v1/things/{id}")
        Mono<UUID> one(@PathVariable UUID id) {
            return Mono.just(id);
        }

        @GetMapping("/v1/broken")
        Mono<String> broken() {
            return Mono.error(new IllegalStateException("jdbc:postgresql://secret-host/db password=hunter2"));
        }

        @GetMapping("/v1/busy")
        Mono<String> busy() {
            return Mono.error(
                    ProblemException.retryLater(ProblemType.UNAVAILABLE, "come back", Duration.ofMillis(1500)));
        }

        @GetMapping("/v1/log-keys")
        Mono<Map<String, String>> logKeys() {
            return Mono.delay(Duration.ofMillis(1))
                    .map(tick -> Map.of(
                            "tenant",
                            String.valueOf(MDC.get("tenant")),
                            "requestId",
                            String.valueOf(MDC.get("requestId")),
                            "traceId",
                            String.valueOf(MDC.get("traceId"))));
        }
    }
}
