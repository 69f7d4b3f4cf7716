package io.spotplane.providers.openstack;

import io.spotplane.contracts.vocabulary.Refusal;
import io.spotplane.providers.openstack.NovaWire.Item;
import io.spotplane.providers.openstack.NovaWire.Page;
import io.spotplane.providers.spi.ProviderFault;
import io.spotplane.providers.support.CallGuard;
import io.spotplane.providers.support.HttpAnswer;
import java.util.List;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads Nova. The microversion is pinned by header; a token that Nova refuses is renewed once for each call, whatever its expiry said (a revoked token,
 * a clock that is off).
 */
final class Nova {

    private static final String MICROVERSION = "compute 2.53";

    private final OpenStackSettings settings;
    private final Keystone keystone;
    private final WebClient http;
    private final JsonMapper json;
    private final OpenStackFaults faults;
    private final CallGuard guard;

    Nova(
            OpenStackSettings settings,
            Keystone keystone,
            WebClient http,
            JsonMapper json,
            OpenStackFaults faults,
            CallGuard guard) {
        this.settings = settings;
        this.keystone = keystone;
        this.http = http;
        this.json = json;
        this.faults = faults;
        this.guard = guard;
    }

    /** One document. */
    <D> Mono<D> read(NovaQuery query, Class<D> documentType) {
        return keystone.session()
                .flatMap(session -> authorised(query, session))
                .timeout(settings.callTimeout())
                .flatMap(answer -> faults.unlessRefused(query.operation(), answer))
                .map(answer -> json.readValue(answer.body(), documentType))
                .onErrorMap(fault -> faults.toFault(query.operation(), fault))
                .transform(guard.aroundRead(query.operation()));
    }

    /**
     * Every item of a paged list. The next page is asked for by marker rather than by Nova's link, whose host is often one that only Nova's proxy knows.
     */
    <I extends Item, P extends Page<I>> Flux<I> list(NovaQuery query, Class<P> pageType) {
        var firstPage = query.with("limit", Integer.toString(settings.pageSize()));
        return page(firstPage, pageType)
                .expand(step -> step.hasNext() ? page(step.next(), pageType) : Mono.empty())
                .concatMapIterable(Step::items);
    }

    private <I extends Item, P extends Page<I>> Mono<Step<I>> page(NovaQuery query, Class<P> pageType) {
        return read(query, pageType)
                .map(page -> new Step<>(query, itemsOf(page), page.hasNext()))
                .flatMap(this::moving);
    }

    /** A next page after nothing, or after the marker it was asked with, would be asked for ever. */
    private <I extends Item> Mono<Step<I>> moving(Step<I> step) {
        return step.goesInCircles()
                ? Mono.error(new ProviderFault(
                        settings.source(),
                        step.query().operation(),
                        Refusal.INVALID,
                        "paging goes in circles",
                        null,
                        null))
                : Mono.just(step);
    }

    private Mono<HttpAnswer> authorised(NovaQuery query, Session session) {
        return send(query, session)
                .flatMap(answer -> answer.status() == 401 ? againWithANewToken(query, session) : Mono.just(answer));
    }

    private Mono<HttpAnswer> againWithANewToken(NovaQuery query, Session refused) {
        refused.refuse();
        return keystone.session().flatMap(session -> send(query, session));
    }

    private Mono<HttpAnswer> send(NovaQuery query, Session session) {
        return http.get()
                .uri(session.nova(query))
                .header("X-Auth-Token", session.token())
                .header("OpenStack-API-Version", MICROVERSION)
                .exchangeToMono(HttpAnswer::read);
    }

    private static <I> List<I> itemsOf(Page<I> page) {
        var items = page.items();
        return items == null ? List.of() : items;
    }

    /** A page and how it was asked for. */
    private record Step<I extends Item>(NovaQuery query, List<I> items, boolean hasNext) {

        NovaQuery next() {
            return query.after(items.getLast().id());
        }

        boolean goesInCircles() {
            return hasNext
                    && (items.isEmpty()
                            || items.getLast().id().equals(query.parameters().get("marker")));
        }
    }
}
