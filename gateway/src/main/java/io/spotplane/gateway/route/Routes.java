package io.spotplane.gateway.route;

import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.HEAD;

import io.spotplane.web.PublicPaths;
import java.util.List;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.cloud.gateway.route.builder.BooleanSpec;
import org.springframework.cloud.gateway.route.builder.PredicateSpec;
import org.springframework.cloud.gateway.route.builder.RouteLocatorBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The map of the API. Routes go by path and by reading or writing; whether a service knows the method is its own answer (405).
 */
@Configuration(proxyBeanMethods = false)
class Routes {

    /** What pricing-service computes rather than collects: asking for it costs processor time. */
    private static final String[] DECISIONS = {
        "/v1/recommendations/**",
        "/v1/rankings/**",
        "/v1/bids/**",
        "/v1/risk/**",
        "/v1/plans/**",
        "/v1/simulations/**",
        "/v1/traces/**",
        "/v1/price-alerts/**"
    };

    @Bean
    RouteLocator map(RouteLocatorBuilder routes, Upstreams services, Policies policies) {
        return routes.routes()
                .route(
                        "notification.events",
                        route -> reading(route, "/v1/events")
                                .filters(policies::stream)
                                .uri(services.notification()))
                .route(
                        "pricing.offerings",
                        route -> reading(route, "/v1/offerings/**", "/v1/markets/**")
                                .filters(policies::read)
                                .uri(services.pricing()))
                .route(
                        "pricing.refresh",
                        route -> route.path("/v1/markets/*:refresh")
                                .filters(policies::refresh)
                                .uri(services.pricing()))
                .route(
                        "pricing.decisions",
                        route -> reading(route, DECISIONS)
                                .filters(policies::read)
                                .uri(services.pricing()))
                .route(
                        "pricing.compute",
                        route ->
                                route.path(DECISIONS).filters(policies::compute).uri(services.pricing()))
                .route(
                        "provisioning.read",
                        route -> reading(route, "/v1/gpu-requests/**", "/v1/node-requests/**", "/v1/instances/**")
                                .filters(policies::read)
                                .uri(services.provisioning()))
                .route(
                        "provisioning.notices",
                        route -> route.path("/v1/provider-events/*")
                                .filters(policies::write)
                                .uri(services.provisioning()))
                .route(
                        "provisioning.write",
                        route -> route.path("/v1/gpu-requests/**", "/v1/node-requests/**", "/v1/instances/**")
                                .filters(policies::write)
                                .uri(services.provisioning()))
                .route(
                        "inventory.read",
                        route -> reading(
                                        route, "/v1/hosts/**", "/v1/gpu-types/**", "/v1/aggregates/**", "/v1/agents/**")
                                .filters(policies::read)
                                .uri(services.inventory()))
                .route(
                        "inventory.refresh",
                        route -> route.path("/v1/agents:refresh")
                                .filters(policies::write)
                                .uri(services.inventory()))
                .route(
                        "notification.read",
                        route -> reading(route, "/v1/subscriptions/**", "/v1/deliveries/**")
                                .filters(policies::read)
                                .uri(services.notification()))
                .route(
                        "notification.write",
                        route -> route.path("/v1/subscriptions/**", "/v1/deliveries/**")
                                .filters(policies::write)
                                .uri(services.notification()))
                .route(
                        "pricing.other",
                        route -> route.path("/v1/offerings/**", "/v1/markets/**")
                                .filters(policies::write)
                                .uri(services.pricing()))
                .route(
                        "inventory.other",
                        route -> route.path("/v1/hosts/**", "/v1/gpu-types/**", "/v1/aggregates/**", "/v1/agents/**")
                                .filters(policies::write)
                                .uri(services.inventory()))
                .build();
    }

    /** Providers prove themselves with a key that provisioning-service checks; the API's description is for everybody. */
    @Bean
    PublicPaths withoutToken() {
        return new PublicPaths(List.of("/v1/provider-events/*", "/v1/openapi.json"));
    }

    private static BooleanSpec reading(PredicateSpec route, String... paths) {
        return route.method(GET, HEAD).and().path(paths);
    }
}
