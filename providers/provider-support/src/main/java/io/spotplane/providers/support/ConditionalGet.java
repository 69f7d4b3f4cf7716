package io.spotplane.providers.support;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

/**
 * A document that is asked for again and again and seldom changes. What was made of it is kept with the far side's own validators ({@code ETag},
 * {@code Last-Modified}), and answered again, the very same object, for as long as the far side says 304. A far side without validators is read anew each time.
 * Nothing is kept of an answer that could not be read. Without a time-out of its own: that is the caller's, as for every call.
 *
 * @param <T> what is made of the document
 */
public final class ConditionalGet<T> {

    private final WebClient http;
    private final String path;
    private final Function<ClientResponse, Mono<T>> reading;
    private final AtomicReference<@Nullable Kept<T>> last = new AtomicReference<>();

    /**
     * @param http the far side
     * @param path of the document, relative to it
     * @param reading makes the value of an answer whatever its status but a 304 that was asked for, and fails when there is none to make
     */
    public ConditionalGet(WebClient http, String path, Function<ClientResponse, Mono<T>> reading) {
        this.http = http;
        this.path = path;
        this.reading = reading;
    }

    /** Asks whether the document changed; what was made of it now or before. */
    public Mono<T> get() {
        return Mono.defer(() -> ask(last.get()));
    }

    private Mono<T> ask(@Nullable Kept<T> kept) {
        return http.get()
                .uri(path)
                .headers(headers -> validate(headers, kept))
                .exchangeToMono(response -> isUnchanged(response) && kept != null
                        ? response.releaseBody().thenReturn(kept.value())
                        : reading.apply(response).doOnNext(value -> keep(response, value)));
    }

    private static boolean isUnchanged(ClientResponse response) {
        return response.statusCode().isSameCodeAs(HttpStatus.NOT_MODIFIED);
    }

    private static void validate(HttpHeaders headers, @Nullable Kept<?> kept) {
        if (kept == null) {
            return;
        }
        if (kept.etag() != null) {
            headers.set(HttpHeaders.IF_NONE_MATCH, kept.etag());
        }
        if (kept.lastModified() != null) {
            headers.set(HttpHeaders.IF_MODIFIED_SINCE, kept.lastModified());
        }
    }

    private void keep(ClientResponse response, T value) {
        var headers = response.headers().asHttpHeaders();
        var kept = new Kept<>(value, headers.getFirst(HttpHeaders.ETAG), headers.getFirst(HttpHeaders.LAST_MODIFIED));
        last.set(kept.canBeValidated() ? kept : null);
    }

    private record Kept<T>(
            T value, @Nullable String etag, @Nullable String lastModified) {
        boolean canBeValidated() {
            return etag != null || lastModified != null;
        }
    }
}
