package io.spotplane.pricing.offering;

import io.spotplane.contracts.vocabulary.Offering;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that one market sells, at one version of its book. Immutable, so that a search sees one moment of the market.
 */
public final class Shelf {

    private final String provider;
    private final long version;
    private final Map<String, Offering> offerings;
    private final PriceOrder byPrice;
    private final PriceOrder byPricePerGpu;

    private Shelf(
            String provider,
            long version,
            Map<String, Offering> offerings,
            PriceOrder byPrice,
            PriceOrder byPricePerGpu) {
        this.provider = provider;
        this.version = version;
        this.offerings = offerings;
        this.byPrice = byPrice;
        this.byPricePerGpu = byPricePerGpu;
    }

    /** An empty shelf, older than every other. */
    public static Shelf empty(String provider) {
        return new Shelf(provider, 0, Map.of(), PriceOrder.empty(Sort.PRICE), PriceOrder.empty(Sort.PRICE_PER_GPU));
    }

    /** A shelf with these offerings; see {@link #next}. */
    public static Shelf of(String provider, long version, Map<String, Offering> offerings) {
        return empty(provider).next(version, offerings);
    }

    /**
     * The shelf after this one. Costs a sort of what is new: call it off the event loop.
     *
     * @param version of the book; grows with every recorded change
     * @param now all offerings by id, those that stayed being the same objects; must not be changed afterwards
     */
    public Shelf next(long version, Map<String, Offering> now) {
        return new Shelf(provider, version, now, byPrice.next(offerings, now), byPricePerGpu.next(offerings, now));
    }

    /** The same offerings as the shelf of another version: what was put in order before its version was known. */
    public Shelf at(long other) {
        return new Shelf(provider, other, offerings, byPrice, byPricePerGpu);
    }

    /** Whose market. */
    public String provider() {
        return provider;
    }

    /** The version of the book that this is. */
    public long version() {
        return version;
    }

    /** All offerings by id; not to be changed. */
    public Map<String, Offering> offerings() {
        return offerings;
    }

    /** The offering with this id; null when it is not for sale. */
    public @Nullable Offering offering(String id) {
        return offerings.get(id);
    }

    PriceOrder order(Sort sort) {
        return sort == Sort.PRICE ? byPrice : byPricePerGpu;
    }

    @Override
    public String toString() {
        return provider + "@" + version + " (" + offerings.size() + " offerings)";
    }
}
