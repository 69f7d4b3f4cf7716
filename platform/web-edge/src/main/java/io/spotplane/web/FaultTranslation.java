package io.spotplane.web;

import org.jspecify.annotations.Nullable;

/**
 * Names a fault of some library as one of our problems. A module that knows such a fault declares a bean; faults that nobody
 * names become {@code INTERNAL}.
 */
@FunctionalInterface
public interface FaultTranslation {

    /** The problem that {@code fault} means for the client; null when this translation does not know it. */
    @Nullable
    ProblemException translate(Throwable fault);
}
