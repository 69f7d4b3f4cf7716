package io.spotplane.web;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Makes a write that can spend money happen once per {@code Idempotency-Key}. The key, a hash of method, path and canonical
 * body, and the answer are stored in the transaction of the write itself and kept at least 24 hours.
 *
 * <p>Same key and body: the stored answer with {@code Idempotency-Replayed: true}. Same key, other body: 422
 * {@code IDEMPOTENCY_KEY_REUSED}. No key: 400 {@code IDEMPOTENCY_KEY_MISSING}. Still running: 409 {@code IN_PROGRESS}. The key's scope is
 * tenant and route.
 */
public interface IdempotentWrites {

    /**
     * Runs {@code write} in a transaction unless it ran before.
     *
     * @param caller who asks
     * @param route method and path template, such as {@code POST /v1/gpu-requests}
     * @param key the header's value; null when absent
     * @param body the decoded body; its canonical JSON is hashed
     * @param write the change and its answer; joins this method's transaction
     */
    Mono<WriteAnswer> once(Caller caller, String route, @Nullable String key, Object body, Mono<WriteAnswer> write);
}
