package io.spotplane.providers.spi;

import reactor.core.publisher.Mono;

/**
 * Looks at what exists. The only source of "running" and of "gone".
 *
 * <p>Laws: {@code list} answers with every machine of {@code owner} in every configured region, following all pages, or fails with
 * {@link ProviderFault}; a part is never passed off as the whole.
 */
public interface InstanceInspector extends Provider {

    /** Everything that carries {@code owner}'s mark, ended machines included as long as the provider shows them. */
    Mono<InstanceListing> list(String owner);
}
