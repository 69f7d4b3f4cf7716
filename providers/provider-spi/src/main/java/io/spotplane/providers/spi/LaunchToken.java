package io.spotplane.providers.spi;

import java.util.regex.Pattern;

/**
 * The identity of one launch, written down before the provider is asked, and carried to it as client token, name or tag. At most one
 * machine ever carries it.
 *
 * @param value {@code sp-} and 24 lower-case letters or digits: fits EC2's 64 ASCII characters and every provider's name rules
 */
public record LaunchToken(String value) {

    private static final Pattern FORM = Pattern.compile("sp-[a-z0-9]{24}");

    public LaunchToken {
        if (!isToken(value)) {
            throw new IllegalArgumentException(
                    "launch token is '" + value + "', expected sp- and 24 letters or digits");
        }
    }

    /** Whether {@code text} has the form of a token, as when reading names and tags that others may have written. */
    public static boolean isToken(String text) {
        return FORM.matcher(text).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
