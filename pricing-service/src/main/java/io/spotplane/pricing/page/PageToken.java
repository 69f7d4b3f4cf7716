package io.spotplane.pricing.page;

import io.spotplane.contracts.problem.Problem;
import io.spotplane.web.ProblemException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a list goes on. It names the sort key of the last item that was given out, not a row number: what is listed or withdrawn in
 * between neither repeats nor hides other items. Bound to its question: with other filters or another order it is refused.
 *
 * @param question fingerprint of everything that decides which items there are and in which order, see {@link #fingerprint}
 * @param position the last item's sort key, in parts without line breaks
 */
public record PageToken(String question, List<String> position) {

    private static final String FORMAT = "1";
    private static final String SEPARATOR = "\n";
    private static final int MAX_LENGTH = 1024;

    public PageToken {
        position = List.copyOf(position);
    }

    /** A short fingerprint of {@code question}, in its canonical text form. */
    public static String fingerprint(String question) {
        var digest = Arrays.copyOf(sha256(question), 12);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    }

    /** The token's opaque text. */
    public String encoded() {
        var text = String.join(SEPARATOR, FORMAT, question, String.join(SEPARATOR, position));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The position in {@code encoded}; null when there is no token, which means the first page.
     *
     * @param parts how many parts a position of this list has
     * @throws ProblemException (INVALID_REQUEST) when the text is no token, or one of another question
     */
    public static @Nullable List<String> positionIn(@Nullable String encoded, String question, int parts) {
        if (encoded == null) {
            return null;
        }
        var fields = decode(encoded);
        if (fields.size() != parts + 2 || !fields.getFirst().equals(FORMAT)) {
            throw refused("INVALID", "it is not a page token of this list; start again without one");
        }
        if (!fields.get(1).equals(question)) {
            throw refused("OTHER_QUESTION", "it belongs to another filter or order; start again without one");
        }
        return fields.subList(2, fields.size());
    }

    private static List<String> decode(String encoded) {
        if (encoded.length() > MAX_LENGTH) {
            return List.of();
        }
        try {
            var text = new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.UTF_8);
            return List.of(text.split(SEPARATOR, -1));
        } catch (IllegalArgumentException notBase64) {
            return List.of();
        }
    }

    /** The refusal of a token, with {@code message} saying what was expected. */
    public static ProblemException refused(String code, String message) {
        return ProblemException.invalid(List.of(new Problem.FieldError("query:pageToken", code, message)));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
