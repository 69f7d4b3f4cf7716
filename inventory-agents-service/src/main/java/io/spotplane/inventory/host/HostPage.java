package io.spotplane.inventory.host;

import io.spotplane.contracts.problem.Problem.FieldError;
import io.spotplane.inventory.merged.Host;
import io.spotplane.inventory.merged.InventoryView;
import io.spotplane.inventory.merged.SourceStatus;
import io.spotplane.web.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of hosts, ordered by id.
 *
 * @param items the hosts
 * @param nextPageToken asks for the next page; null on the last. It names the last host seen, so a host that comes or goes meanwhile shifts nothing
 * @param sources how fresh each source is
 */
record HostPage(List<HostItem> items, @Nullable String nextPageToken, List<SourceStatus> sources) {

    private static final int DEFAULT_SIZE = 50;
    private static final int LARGEST = 200;

    /**
     * The page of {@code wanted} after {@code pageToken}.
     *
     * @throws ProblemException when the token is none of ours
     */
    static HostPage of(InventoryView view, HostFilter wanted, @Nullable Integer pageSize, @Nullable String pageToken) {
        var size = pageSize == null ? DEFAULT_SIZE : Math.clamp(pageSize, 1, LARGEST);
        var after = pageToken == null ? "" : decode(pageToken);
        var found = wanted.apply(view)
                .filter(host -> id(host).compareTo(after) > 0)
                .limit(size + 1L)
                .toList();
        var page = found.subList(0, Math.min(size, found.size()));
        return new HostPage(
                page.stream().map(host -> HostItem.of(host, view.at())).toList(),
                found.size() > size ? encode(id(page.getLast())) : null,
                view.sources().statuses(view.at()));
    }

    private static String id(Host host) {
        return host.observed().hostId();
    }

    private static String encode(String id) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(id.getBytes(StandardCharsets.UTF_8));
    }

    private static String decode(String token) {
        try {
            return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            throw ProblemException.invalid(List.of(new FieldError(
                    "query:pageToken", "INVALID", "not a token of this list; use nextPageToken as it was given")));
        }
    }
}
