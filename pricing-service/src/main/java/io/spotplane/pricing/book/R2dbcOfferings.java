package io.spotplane.pricing.book;

import io.r2dbc.spi.Readable;
import io.spotplane.contracts.vocabulary.Availability;
import io.spotplane.contracts.vocabulary.Confidence;
import io.spotplane.contracts.vocabulary.HourlyPrice;
import io.spotplane.contracts.vocabulary.Offering;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Objects;
import tools.jackson.databind.json.JsonMapper;

/** Reads offerings as they are kept: a row of {@code offering} with its {@code offering_description}. */
final class R2dbcOfferings {

    /** What {@link #offering} reads. */
    static final String COLUMNS = """
            id, provider, observed_at, received_at, price, billed_price, currency, availability, confidence, source,
            description::text AS description""";

    /** Where it stands. */
    static final String TABLES = "offering JOIN offering_description ON offering_id = id";

    private final JsonMapper json;

    R2dbcOfferings(JsonMapper json) {
        this.json = json;
    }

    Offering offering(Readable row) {
        var description = json.readValue(text(row, "description"), Description.class);
        var confidence = row.get("confidence", String.class);
        return new Offering(
                text(row, "id"),
                text(row, "provider"),
                description.region(),
                description.zone(),
                description.instanceType(),
                description.vcpu(),
                description.memoryMiB(),
                description.gpu(),
                description.capacityType(),
                price(row, "price"),
                price(row, "billed_price"),
                Availability.valueOf(text(row, "availability")),
                text(row, "source"),
                time(row, "observed_at"),
                time(row, "received_at"),
                confidence == null ? null : Confidence.valueOf(confidence),
                description.bidRules());
    }

    private static HourlyPrice price(Readable row, String column) {
        return new HourlyPrice(
                Objects.requireNonNull(row.get(column, BigDecimal.class), column), text(row, "currency"));
    }

    private static String text(Readable row, String column) {
        return Objects.requireNonNull(row.get(column, String.class), column);
    }

    private static Instant time(Readable row, String column) {
        return Objects.requireNonNull(row.get(column, Instant.class), column);
    }
}
