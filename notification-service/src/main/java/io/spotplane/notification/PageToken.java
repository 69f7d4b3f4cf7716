package io.spotplane.notification;

import io.spotplane.contracts.problem.Problem;
import io.spotplane.web.ProblemException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where the next page begins; opaque to clients. Holds the last id of a page, which is meaningless to other tenants. */
public final class PageToken {

    /** Page sizes that clients ask for are cut down to this. */
    public static final int MAX_SIZE = 200;

    private static final int BYTES = 16;

    private PageToken() {}

    /** The token of the page after {@code last}. */
    public static String after(UUID last) {
        var bytes = ByteBuffer.allocate(BYTES)
                .putLong(last.getMostSignificantBits())
                .putLong(last.getLeastSignificantBits());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /**
     * The id in {@code token}; null for no token.
     *
     * @throws ProblemException 400 when it is none of ours
     */
    public static @Nullable UUID read(@Nullable String token) {
        if (token == null) {
            return null;
        }
        try {
            var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(token));
            return new UUID(bytes.getLong(), bytes.getLong());
        } catch (RuntimeException e) {
            throw ProblemException.invalid(List.of(new Problem.FieldError(
                    "query:pageToken", "INVALID_VALUE", "is not a token that this list gave out")));
        }
    }
}
