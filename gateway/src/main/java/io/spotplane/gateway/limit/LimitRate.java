package io.spotplane.gateway.limit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.spotplane.contracts.problem.ProblemType;
import io.spotplane.web.Caller;
import io.spotplane.web.ProblemException;
import io.spotplane.web.security.CurrentCaller;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Refuses a request that is above its tenant's rate, before anything behind the gateway hears of it. Every answer tells the policy and
 * what is left of it (draft-ietf-httpapi-ratelimit-headers). On paths without a token the far address stands for the tenant.
 */
public final class LimitRate {

    private final Buckets buckets;
    private final LimitSettings settings;
    private final MeterRegistry meters;

    LimitRate(Buckets buckets, LimitSettings settings, MeterRegistry meters) {
        this.buckets = buckets;
        this.settings = settings;
        this.meters = meters;
    }

    /** A filter that limits by the rate of that name; fails at once when there is none. */
    public GatewayFilter by(String policy) {
        var rate = settings.rateOf(policy);
        return (exchange, chain) -> payer(exchange)
                .flatMap(payer -> buckets.take(policy + ":" + payer, rate))
                .doOnNext(decision -> tell(exchange, policy, rate, decision))
                .flatMap(decision ->
                        decision.allowed() ? chain.filter(exchange) : Mono.error(refused(policy, rate, decision)));
    }

    private static Mono<String> payer(ServerWebExchange exchange) {
        return CurrentCaller.of(exchange)
                .map(Caller::tenant)
                .map("tenant:"::concat)
                .switchIfEmpty(Mono.fromSupplier(() -> "address:" + address(exchange)));
    }

    private static String address(ServerWebExchange exchange) {
        return Optional.ofNullable(exchange.getRequest().getRemoteAddress())
                .map(remote -> remote.getAddress().getHostAddress())
                .orElse("unknown");
    }

    private void tell(ServerWebExchange exchange, String policy, Rate rate, Decision decision) {
        var headers = exchange.getResponse().getHeaders();
        var full = seconds(Duration.ofMillis(rate.millisFor(rate.requests() - decision.remaining())));
        headers.set("RateLimit-Policy", "\"%s\";q=%d;w=%d".formatted(policy, rate.requests(), seconds(rate.per())));
        headers.set("RateLimit", "\"%s\";r=%d;t=%d".formatted(policy, decision.remaining(), full));
        counter(decision).increment();
    }

    private static ProblemException refused(String policy, Rate rate, Decision decision) {
        var detail =
                "the policy '%s' allows %d requests in %d s".formatted(policy, rate.requests(), seconds(rate.per()));
        return ProblemException.retryLater(ProblemType.RATE_LIMITED, detail, decision.next());
    }

    private static long seconds(Duration duration) {
        return duration.plusMillis(999).toSeconds();
    }

    private Counter counter(Decision decision) {
        return Counter.builder("spotplane.ratelimit.decisions")
                .description("Requests that were let pass or refused, by who counted them")
                .tag("decision", decision.allowed() ? "allowed" : "refused")
                .tag("backend", decision.backend().name().toLowerCase(Locale.ROOT))
                .register(meters);
    }
}
