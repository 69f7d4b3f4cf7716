package io.spotplane.providers.spi;

/** A capability of one provider account. */
public interface Provider {

    /** The provider's short name, such as {@code aws} or {@code runpod}; the same in every capability and offering. */
    String provider();
}
