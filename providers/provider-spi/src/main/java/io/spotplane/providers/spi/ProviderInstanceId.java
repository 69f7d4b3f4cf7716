package io.spotplane.providers.spi;

/**
 * The provider's own id of a machine and the region it must be asked in.
 *
 * @param region the provider's region; {@code any} for providers without regions in their API
 * @param value such as {@code i-0b662ef9931388ba0}
 */
public record ProviderInstanceId(String region, String value) {
    @Override
    public String toString() {
        return value;
    }
}
