package io.spotplane.pricing.recommendation;

import io.spotplane.pricing.page.PageToken;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What became of some of the offerings.
 *
 * @param items by offering id
 * @param nextPageToken where to go on; null at the end
 */
record CandidatePage(List<LeftOut> items, @Nullable String nextPageToken) {

    /** The page of {@code all}, those with {@code reason} if there is one, after the token's position. */
    static CandidatePage of(UUID id, List<LeftOut> all, @Nullable Reason reason, int size, @Nullable String token) {
        var question = PageToken.fingerprint(id + "|" + reason);
        var position = PageToken.positionIn(token, question, 1);
        var rest = all.stream()
                .filter(candidate -> reason == null || candidate.reason() == reason)
                .filter(candidate -> position == null || candidate.offeringId().compareTo(position.getFirst()) > 0)
                .limit(size + 1L)
                .toList();
        if (rest.size() <= size) {
            return new CandidatePage(rest, null);
        }
        var items = rest.subList(0, size);
        return new CandidatePage(
                items, new PageToken(question, List.of(items.getLast().offeringId())).encoded());
    }
}
