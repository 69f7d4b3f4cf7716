package io.spotplane.providers.spi;

import java.util.List;

/**
 * Notices that a provider pushes over HTTP. The service owns the endpoint ({@code POST /v1/provider-events/{provider}}); the adapter
 * owns what the push means.
 */
public interface InterruptionIntake extends Provider {

    /** Name of the header that carries the shared key, such as {@code x-api-key}. */
    String keyHeader();

    /** Whether {@code presented} is the key; compared in constant time. */
    boolean accepts(String presented);

    /**
     * The notices in a pushed body; empty for events of other kinds.
     *
     * @throws IllegalArgumentException when the body is not what this provider sends; the message says what was expected
     */
    List<InterruptionSignal> read(byte[] body);
}
