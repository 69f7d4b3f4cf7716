package io.spotplane.providers.catalogue;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * One catalogue, which is one market.
 *
 * @param name what the market is called, such as {@code azure}: the provider of its offerings
 * @param location a file, a folder whose {@code *.csv} and {@code *.csv.gz} are read together, or an {@code http(s)} address; gzip is recognised by content
 * @param currency of its prices, ISO 4217
 * @param format how it is written
 * @param callTimeout limit of one reading, the way included
 */
public record CatalogueSettings(
        String name,
        String location,
        @DefaultValue("USD") String currency,
        @DefaultValue("SKYPILOT") Format format,
        @DefaultValue("30s") Duration callTimeout) {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,30}");
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
    private static final Pattern ADDRESS = Pattern.compile("https?://.+", Pattern.CASE_INSENSITIVE);

    /** How a catalogue is written. */
    public enum Format {
        /** SkyPilot's CSV: a header, a row for each type and place, {@code Price} and {@code SpotPrice} for one machine and hour. */
        SKYPILOT
    }

    public CatalogueSettings {
        require(name != null && NAME.matcher(name).matches(), "name", name, "lower-case letters, digits and dashes");
        require(
                location != null && !location.isBlank(),
                "location",
                location,
                "a file, a folder or an http(s) address");
        require(CURRENCY.matcher(currency).matches(), "currency", currency, "three letters such as USD");
        require(callTimeout.isPositive(), "call-timeout", callTimeout, "more than 0");
    }

    /** The address, where the location is one; it may carry a signature and is not to be shown whole. */
    Optional<URI> address() {
        return Optional.of(location)
                .filter(text -> ADDRESS.matcher(text).matches())
                .map(URI::create);
    }

    private static void require(boolean holds, String setting, Object value, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(
                    CatalogueMarkets.SETTINGS + "[]." + setting + " is " + value + ", expected " + expected);
        }
    }
}
