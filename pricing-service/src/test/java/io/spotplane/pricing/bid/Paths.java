package io.spotplane.pricing.bid;

import io.spotplane.pricing.auction.Micros;
import io.spotplane.pricing.auction.PricePath;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;

/** Price paths to order: {@code from(T).at("0.01", 2).at("0.30", 1)} holds each price for so many hours. */
final class Paths {

    private final ArrayList<PricePath.Point> points = new ArrayList<>();
    private Instant reached;

    private Paths(Instant from) {
        reached = from;
    }

    static Paths from(Instant from) {
        return new Paths(from);
    }

    Paths at(String usd, double hours) {
        points.add(new PricePath.Point(reached.getEpochSecond(), Micros.of(new BigDecimal(usd))));
        return pass(hours);
    }

    Paths unknown(double hours) {
        points.add(new PricePath.Point(reached.getEpochSecond(), null));
        return pass(hours);
    }

    private Paths pass(double hours) {
        reached = reached.plus(Duration.ofSeconds(Math.round(hours * 3600)));
        return this;
    }

    PricePath path() {
        return PricePath.through(points, reached);
    }
}
