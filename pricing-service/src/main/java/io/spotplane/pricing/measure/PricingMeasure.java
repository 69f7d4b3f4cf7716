package io.spotplane.pricing.measure;

/** Every metric of the pricing service. Tags are bounded: providers as configured, reasons and outcomes as enumerated in code. */
public enum PricingMeasure {
    /** Gauge, seconds, tag {@code provider}: how long ago the market was last collected; NaN until it ever was. */
    PRICE_AGE("spotplane.price.age"),
    /** Counter, tag {@code provider}: offerings listed, repriced or withdrawn. */
    PRICE_UPDATES("spotplane.price.updates"),
    /** Counter, tags {@code provider}, {@code reason}: rows that were not believed. */
    PRICE_REJECTED("spotplane.price.rejected"),
    /**
     * Counter, tags {@code provider}, {@code outcome}: changes that others were not told of at once ({@code held}), that had changed back before they
     * were ({@code settled}: a flap that nobody heard of), and that were told at the end of their window ({@code told}).
     */
    PRICE_DEBOUNCED("spotplane.price.debounced"),
    /** Gauge, seconds: how long ago this replica last saw every held change told whose window was over; from its start on until it ever did. */
    PRICE_HELD_LAG("spotplane.price.held.lag"),
    /** Gauge, tags {@code provider}, {@code outcome} (for_sale, rejected): rows of the market's last believed sweep, with what is kept in doubt. */
    MARKET_ROWS("spotplane.market.rows"),
    /** Timer, tags {@code provider}, {@code outcome}: one round of a market, from the first call to the copy in Redis. */
    MARKET_SWEEP("spotplane.market.sweep"),
    /** Counter, tags {@code provider}, {@code outcome}: forced refreshes that began a round, joined one, or came too soon. */
    MARKET_REFRESH("spotplane.market.refresh"),
    /** Timer: one search of the storefront, without the HTTP around it. */
    OFFERING_QUERY("spotplane.offering.query"),
    /** Timer: one ranking by cost score, without the HTTP around it. */
    OFFERING_RANKING("spotplane.offering.ranking"),
    /** Gauge: offerings for sale in this replica's storefront. */
    OFFERINGS("spotplane.offerings"),
    /** Timer, tag {@code outcome} (what is known of the optimum): thinking about one recommendation, without storing it. */
    RECOMMENDATION("spotplane.recommendation"),
    /** Timer, tag {@code kind}: plans, decisions and simulations, without the wait for a thread. */
    CALCULATION("spotplane.calculation"),
    /**
     * Counter, tags {@code kind} (the calculation's, or recommendation), {@code reason}: what was sent away with 503 because too much waited already
     * ({@code full}) or because it was not done in time ({@code late}).
     */
    CALCULATION_REFUSED("spotplane.calculation.refused"),
    /** Counter, tag {@code outcome}: copies of a shelf to Redis. */
    SHELF_PUBLISH("spotplane.shelf.publish"),
    /** Gauge, tag {@code kind} (change, day): rows of the price history, as the database estimates. */
    HISTORY_ROWS("spotplane.history.rows"),
    /** Counter: offerings' days that were condensed. */
    HISTORY_CONDENSED("spotplane.history.condensed"),
    /** Gauge, seconds: how far condensing is behind the age from which changes are not kept one by one. */
    HISTORY_LAG("spotplane.history.condense.lag"),
    /** Gauge, seconds: how long ago this replica last made the months ahead and dropped the old ones; from its start on until it ever did. */
    HISTORY_PARTITIONS_AGE("spotplane.history.partitions.age"),
    /** Timer, tag {@code outcome}: holding one version of a market against all alerts. */
    ALERT_JUDGING("spotplane.alert.judging"),
    /** Counter, tags {@code kind}, {@code turn} (raised, cleared): price alerts that were told of. */
    ALERT_TURNS("spotplane.alert.turns"),
    /** Gauge, seconds, tag {@code provider}: how long ago any of the provider's auction histories was read, by any replica; NaN until one ever was. */
    AUCTION_AGE("spotplane.auction.age"),
    /** Timer, tag {@code provider}: one round of reading a provider's auctions. */
    AUCTION_ROUND("spotplane.auction.round"),
    /** Counter, tags {@code provider}, {@code outcome}: auction prices that were new, or not believed by reason; percentiles that came or did not; failed questions. */
    AUCTION_POINTS("spotplane.auction.points"),
    /** Timer, tag {@code method}: one choice of a bid, without the HTTP around it. */
    BID_ADVICE("spotplane.bid.advice"),
    /** Counter, tag {@code type}: events of our machines that risk learnt from. */
    RISK_OBSERVATIONS("spotplane.risk.observations"),
    /** Timer: learning the risk model from everything that was observed; only what was learnt to the end counts. */
    RISK_LEARN("spotplane.risk.learn"),
    /** Gauge: pools whose machines were observed. */
    RISK_POOLS("spotplane.risk.pools"),
    /** Gauge, tag {@code forecaster} (ours, pool_rate, base_rate): mean squared error of past forecasts, judged anew now and then; NaN while there are none. */
    RISK_BRIER("spotplane.risk.brier"),
    /** Counter, tag {@code outcome}: readings of the spot advisor's feed. */
    RISK_ADVISOR("spotplane.risk.advisor");

    private final String meterName;

    PricingMeasure(String meterName) {
        this.meterName = meterName;
    }

    /** The Micrometer name. */
    public String meterName() {
        return meterName;
    }
}
