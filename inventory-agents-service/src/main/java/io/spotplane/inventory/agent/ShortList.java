package io.spotplane.inventory.agent;

import java.util.Optional;

/**
 * The rule that a suspiciously short list is not believed: it looks like success and would make hosts vanish. Short is less than half of the last
 * believed list. Lists of fewer than five are too small to tell and are believed.
 */
final class ShortList {

    private static final int TOO_SMALL_TO_TELL = 5;

    private ShortList() {}

    /** Why a list of {@code size} is not believed after one of {@code before}; empty when it is. */
    static Optional<String> doubt(int size, int before) {
        return before >= TOO_SMALL_TO_TELL && size * 2 < before
                ? Optional.of("short list: %d after %d; the last good one is kept".formatted(size, before))
                : Optional.empty();
    }
}
