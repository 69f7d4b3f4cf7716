package io.spotplane.providers.catalogue;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Names of regions and zones that can stand in ids. Most are already such and stay as they are. Free text such as {@code British Columbia, CA, NA} becomes
 * {@code na-ca-british-columbia}, the widest place first, so that a continent or a country is a prefix; the same text always becomes the same name. Text that loses letters
 * on the way (other scripts), or is very long, keeps a digest of itself, so that two places never become one.
 */
final class Places {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern LETTERS_LOST = Pattern.compile("[\\p{L}\\p{N}&&[^\\p{ASCII}]]");
    private static final Pattern NOT_ID = Pattern.compile("[^a-z0-9]+");
    private static final Pattern EDGES = Pattern.compile("^-+|-+$");
    private static final int LONGEST = 56;
    private static final int DIGEST_BYTES = 3;

    private final Map<String, String> known = new HashMap<>();

    /** The name for ids of the place that a list calls {@code text}. */
    String named(String text) {
        return known.computeIfAbsent(text, Places::name);
    }

    private static String name(String text) {
        return PLAIN.matcher(text).matches() ? text : fromFreeText(text);
    }

    private static String fromFreeText(String text) {
        var ascii =
                MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD)).replaceAll("");
        var parts = Stream.of(ascii.split(","))
                .map(Places::word)
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toList());
        Collections.reverse(parts);
        return isWhole(ascii, parts) ? String.join("-", parts) : withDigest(String.join("-", parts), text);
    }

    private static boolean isWhole(String ascii, List<String> parts) {
        return !parts.isEmpty()
                && String.join("-", parts).length() <= LONGEST
                && !LETTERS_LOST.matcher(ascii).find();
    }

    private static String word(String text) {
        return EDGES.matcher(NOT_ID.matcher(text.toLowerCase(Locale.ROOT)).replaceAll("-"))
                .replaceAll("");
    }

    private static String withDigest(String name, String text) {
        var digest = HexFormat.of().formatHex(sha256(text), 0, DIGEST_BYTES);
        return name.isEmpty() ? digest : name.substring(0, Math.min(name.length(), LONGEST)) + "-" + digest;
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
