package io.spotplane.pricing.measure;

/** Every metric of the pricing service. Tags are bounded: providers as configured, reasons and outcomes as enumerated in code. */
public enum PricingMeasure {
    /** Gauge, seconds, tag {@code provider}: how long ago the market was last collected; NaN until it ever was. */
    PRICE_AGE("spotplane.price.age"),
    /** Counter, tag {@code provider}: offerings listed, repriced or withdrawn. */
    PRICE_UPDATES("spotplane.price.updates"),
    /** Counter, tags {@code provider}, {@code reason}: rows that were not believed. */
    PRICE_REJECTED("spotplane.price.rejected"),
    /** Timer, tags {@code provider}, {@code outcome}: one round of a market, from the first call to the copy in Redis. */
    MARKET_SWEEP("spotplane.market.sweep"),
    /** Timer: one search of the storefront, without the HTTP around it. */
    OFFERING_QUERY("spotplane.offering.query"),
    /** Timer: one ranking by cost score, without the HTTP around it. */
    OFFERING_RANKING("spotplane.offering.ranking"),
    /** Gauge: offerings for sale in this replica's storefront. */
    OFFERINGS("spotplane.offerings"),
    /** Counter, tag {@code outcome}: copies of a shelf to Redis. */
    SHELF_PUBLISH("spotplane.shelf.publish"),
    /** Counter, tag {@code type}: events of our machines that risk learnt from. */
    RISK_OBSERVATIONS("spotplane.risk.observations"),
    /** Timer: learning the risk model from everything that was observed. */
    RISK_LEARN("spotplane.risk.learn"),
    /** Gauge: pools whose machines were observed. */
    RISK_POOLS("spotplane.risk.pools"),
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
