package io.spotplane.providers.support;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes a provider's words fit to show: known secrets (plain and URL-encoded) become {@code ***}, control characters become spaces, and the whole is
 * cut to 300 characters, for an HTML error page is no message.
 */
public final class Redaction {

    private static final int LONGEST = 300;
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}+");

    private final List<String> secrets;

    private Redaction(List<String> secrets) {
        this.secrets = secrets;
    }

    /** Takes these secrets out. */
    public static Redaction of(Secret... secrets) {
        return new Redaction(Stream.of(secrets)
                .map(Secret::reveal)
                .flatMap(Redaction::spellings)
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList());
    }

    /** {@code text} without secrets, on one line, at most 300 characters; empty for null. */
    public String clean(@Nullable String text) {
        if (text == null) {
            return "";
        }
        var shown = text;
        for (var secret : secrets) {
            shown = shown.replace(secret, "***");
        }
        return shortened(CONTROL.matcher(shown).replaceAll(" ").strip());
    }

    private static Stream<String> spellings(String secret) {
        return Stream.of(secret, URLEncoder.encode(secret, StandardCharsets.UTF_8));
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
    }
}
