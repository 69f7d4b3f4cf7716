package io.spotplane.providers.rackspace;

import io.spotplane.contracts.vocabulary.Availability;
import io.spotplane.contracts.vocabulary.BidRules;
import io.spotplane.contracts.vocabulary.CapacityType;
import io.spotplane.contracts.vocabulary.Confidence;
import io.spotplane.contracts.vocabulary.HourlyPrice;
import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.providers.spi.MarketSweep;
import io.spotplane.providers.spi.MarketSweep.RejectedRow;
import io.spotplane.providers.support.Quoted;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** What one sweep puts up for sale. */
final class RackspaceShelf {

    private static final String FEED = "percentiles.json";
    private static final String API = "serverclasses";

    private final BidLadders ladders;
    private final Instant now;
    private final List<Offering> offerings = new ArrayList<>();
    private final List<RejectedRow> rejected = new ArrayList<>();

    RackspaceShelf(BidLadders ladders, Instant now) {
        this.ladders = ladders;
        this.now = now;
    }

    MarketSweep sweep() {
        return new MarketSweep(offerings, rejected, now);
    }

    void add(ListedClass listed) {
        if (listed.name().isBlank() || listed.region().isBlank()) {
            reject(listed, "EMPTY_TYPE");
            return;
        }
        hardware(listed).ifPresentOrElse(hardware -> add(listed, hardware), () -> reject(listed, "BAD_SIZE"));
    }

    private void add(ListedClass listed, Hardware hardware) {
        addSpot(listed, hardware);
        var shown = listed.shown();
        if (shown != null) {
            addOnDemand(listed, shown, hardware);
        }
    }

    private void addSpot(ListedClass listed, Hardware hardware) {
        var shown = listed.shown();
        var fromApi = shown == null ? new Quoted.Nothing() : shown.marketPrice();
        if (shown != null && fromApi instanceof Quoted.Amount(var amount) && amount.signum() > 0) {
            offerings.add(spot(listed, hardware, amount, API, now));
        } else {
            amount(listed, Documents.price(told(listed, "market_price")))
                    .ifPresent(amount -> offerings.add(spot(listed, hardware, amount, FEED, listed.toldAt())));
        }
    }

    private void addOnDemand(ListedClass listed, ServerClass shown, Hardware hardware) {
        if (!(shown.onDemandPrice() instanceof Quoted.Nothing)) {
            amount(listed, shown.onDemandPrice())
                    .ifPresent(amount -> offerings.add(
                            offering(listed, hardware, CapacityType.ON_DEMAND, amount, amount, API, now, null)));
        }
    }

    private Offering spot(ListedClass listed, Hardware hardware, BigDecimal market, String source, Instant since) {
        var shown = listed.shown();
        var rules = ladders.rules(shown == null ? Optional.empty() : shown.minimumBid(), now);
        return offering(
                listed, hardware, CapacityType.SPOT, market, billed(market, shown, rules), source, since, rules);
    }

    /** Winners pay the market price, and never less than the least bid: 0.002 was shown and 0.01 charged. */
    private static BigDecimal billed(BigDecimal market, @Nullable ServerClass shown, BidRules rules) {
        var atLeast = market.max(rules.minimum());
        return shown != null && shown.hammerPrice() instanceof Quoted.Amount(var hammer)
                ? atLeast.max(hammer)
                : atLeast;
    }

    private Offering offering(
            ListedClass listed,
            Hardware hardware,
            CapacityType capacity,
            BigDecimal price,
            BigDecimal billed,
            String source,
            Instant since,
            @Nullable BidRules rules) {
        var shown = listed.shown();
        var availability = shown == null ? Availability.UNKNOWN : shown.availability(capacity);
        return new Offering(
                Rackspace.offeringId(listed.region(), listed.name(), hardware.gpus(), capacity),
                Rackspace.PROVIDER,
                listed.region(),
                null,
                listed.name(),
                hardware.vcpu(),
                hardware.memoryMiB(),
                hardware.gpu(),
                capacity,
                new HourlyPrice(price, Rackspace.CURRENCY),
                new HourlyPrice(billed, Rackspace.CURRENCY),
                availability,
                source,
                since,
                now,
                availability == Availability.UNKNOWN ? Confidence.LISTED : Confidence.COUNTED,
                rules);
    }

    /** The hardware by the API, or by the feed. */
    private static Optional<Hardware> hardware(ListedClass listed) {
        var shown = listed.shown();
        return shown != null
                ? Hardware.of(
                        shown.resources().path("cpu"),
                        shown.resources().path("memory"),
                        shown.resources().path("gpu"),
                        shown.category(),
                        shown.displayName())
                : hardwareInFeed(listed);
    }

    static Optional<Hardware> hardwareInFeed(ListedClass listed) {
        return Hardware.of(
                told(listed, "cpu"),
                told(listed, "memory"),
                MissingNode.getInstance(),
                Documents.text(told(listed, "category")),
                Documents.text(told(listed, "display_name")) + " " + Documents.text(told(listed, "description")));
    }

    private static JsonNode told(ListedClass listed, String field) {
        var told = listed.told();
        return told == null ? MissingNode.getInstance() : told.fields().path(field);
    }

    private Optional<BigDecimal> amount(ListedClass listed, Quoted quoted) {
        return switch (quoted) {
            case Quoted.Amount(var amount) when amount.signum() > 0 -> Optional.of(amount);
            case Quoted.Flawed(var flaw) -> reject(listed, flaw.name());
            default -> reject(listed, "NO_PRICE");
        };
    }

    private Optional<BigDecimal> reject(ListedClass listed, String why) {
        rejected.add(new RejectedRow(listed.name() + " in " + listed.region(), why));
        return Optional.empty();
    }
}
