package io.spotplane.pricing.shelf;

import static io.spotplane.pricing.testing.OfferingBuilder.byId;
import static io.spotplane.pricing.testing.OfferingBuilder.offering;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spotplane.contracts.vocabulary.Availability;
import io.spotplane.contracts.vocabulary.BidRules;
import io.spotplane.contracts.vocabulary.Confidence;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class SegmentsTest {

    @Test
    void givesBackEveryOfferingAsItWas() {
        // Given
        var offerings = byId(
                offering("aws", "g6")
                        .gpu("L4", 1)
                        .available(Availability.HIGH)
                        .billed("0.31")
                        .at("0.300000"),
                offering("aws", "m7").onDemand().at("0.1"));
        // When
        var encoded = Segments.encode(offerings.values(), Segments.all());
        var decoded = Segments.replace(Map.of(), encoded);
        // Then
        assertThat(decoded).isEqualTo(offerings);
    }

    @Test
    void replacesOnlyTheSegmentsThatAreGiven() {
        // Given
        var stays = offering("aws", "stays").at("0.1");
        var goes = IntStream.range(0, 1_000)
                .mapToObj(i -> offering("aws", "goes" + i).at("0.2"))
                .filter(candidate -> Segments.of(candidate.id()) != Segments.of(stays.id()))
                .findFirst()
                .orElseThrow();
        var emptied = Segments.encode(List.of(), Set.of(Segments.of(goes.id())));
        // When
        var left = Segments.replace(byId(stays, goes), emptied);
        // Then
        assertThat(left).isEqualTo(byId(stays));
    }

    @Test
    void keepsTheVeryObjectsOfWhatDidNotChange() {
        // Given
        var before = byId(offering("aws", "a").at("0.1"), offering("aws", "b").at("0.1"));
        var dearer = offering("aws", "b").at("0.2");
        var now = byId(offering("aws", "a").at("0.1"), dearer);
        // When
        var decoded = Segments.replace(before, Segments.encode(now.values(), Segments.all()));
        // Then
        assertThat(decoded).isEqualTo(now);
        var stayed = offering("aws", "a").at("0.1").id();
        assertThat(decoded.get(stayed)).isSameAs(before.get(stayed));
    }

    @Test
    void keepsStringsThatRepeatOnce() {
        // Given
        var offerings =
                byId(offering("aws", "a").at("0.1"), offering("aws", "b").at("0.1"));
        // When
        var read = PackedOfferings.unpack(PackedOfferings.pack(List.copyOf(offerings.values())));
        // Then
        assertThat(read).containsExactlyInAnyOrderElementsOf(offerings.values());
        assertThat(read.getFirst().region()).isSameAs(read.getLast().region());
    }

    @Test
    void keepsEveryDigitOfAPriceAndEveryNanosecondOfATime() {
        // Given
        var exact = offering("aws", "exact")
                .observed(Instant.parse("2026-11-21T12:00:00.123456789Z"))
                .billed("999999999999.999999")
                .at("0.1300");
        // When
        var read = PackedOfferings.unpack(PackedOfferings.pack(List.of(exact)));
        // Then
        assertThat(read).containsExactly(exact);
        assertThat(read.getFirst().price().amount().toPlainString()).isEqualTo("0.1300");
    }

    @Test
    void keepsBidRulesAndWhatAStockHintIsWorth() {
        // Given
        var ladder = List.of(
                new BidRules.Step(new BigDecimal("0.01"), new BigDecimal("0.01")),
                new BidRules.Step(new BigDecimal("0.04"), new BigDecimal("0.02")));
        var auctioned = offering("rackspace", "gp.vs1.large-iad")
                .bids(new BidRules(new BigDecimal("0.020"), 3, ladder, LocalDate.of(2026, 7, 1)))
                .confidence(Confidence.COUNTED)
                .at("0.02");
        var alike = offering("rackspace", "gp.vs1.xlarge-iad")
                .bids(new BidRules(new BigDecimal("0.020"), 3, ladder, LocalDate.of(2026, 7, 1)))
                .at("0.03");
        var free = offering("rackspace", "free")
                .bids(new BidRules(new BigDecimal("0.001"), 0, List.of(), LocalDate.EPOCH))
                .confidence(Confidence.LISTED)
                .at("0.02");
        var listed = offering("azure", "listed").at("0.1");
        // When
        var read = PackedOfferings.unpack(PackedOfferings.pack(List.of(auctioned, alike, free, listed)));
        // Then
        assertThat(read).containsExactly(auctioned, alike, free, listed);
        assertThat(read.get(0).bidRules()).isSameAs(read.get(1).bidRules());
        assertThat(read.get(0).bidRules().minimum().toPlainString()).isEqualTo("0.020");
    }

    @Test
    void refusesAFormatThatItDoesNotKnow() {
        // Given
        var unknown = gzipped((byte) 9);
        // When / Then
        assertThatThrownBy(() -> PackedOfferings.unpack(unknown))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("format of the shelf is 9, expected 2");
    }

    private static byte[] gzipped(byte... bytes) {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return packed.toByteArray();
    }
}
