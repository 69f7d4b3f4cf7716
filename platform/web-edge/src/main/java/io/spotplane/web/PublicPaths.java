package io.spotplane.web;

import java.util.List;

/**
 * Paths of a service that need no token because the service checks another proof itself (a provider's key). A service declares
 * it as a bean; everything else needs a token.
 *
 * @param patterns path patterns such as {@code /v1/provider-events/**}
 */
public record PublicPaths(List<String> patterns) {
    public PublicPaths {
        patterns = List.copyOf(patterns);
    }
}
