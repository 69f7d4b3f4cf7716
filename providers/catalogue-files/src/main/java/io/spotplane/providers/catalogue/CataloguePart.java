package io.spotplane.providers.catalogue;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;

/**
 * One file of a catalogue.
 *
 * @param name its name without the way to it, for people and as the source of its prices
 * @param asOf since when it is as it is, as its keeper says
 * @param content opens it
 */
record CataloguePart(String name, Instant asOf, Content content) {

    /** Opens a file's bytes, plain or gzipped. */
    @FunctionalInterface
    interface Content {
        InputStream open() throws IOException;
    }
}
