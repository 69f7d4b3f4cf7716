package io.spotplane.pricing.shelf;

import static io.spotplane.pricing.testing.OfferingBuilder.byId;
import static io.spotplane.pricing.testing.OfferingBuilder.offering;
import static org.assertj.core.api.Assertions.assertThat;

import io.spotplane.contracts.vocabulary.Availability;
import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.pricing.book.BookJson;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SegmentsTest {

    private final Segments segments = new Segments(new BookJson().mapper());

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
        var encoded = segments.encode(offerings.values(), Segments.all());
        var decoded = segments.replace(Map.of(), encoded);
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
        var emptied = segments.encode(List.of(), Set.of(Segments.of(goes.id())));
        // When
        var left = segments.replace(byId(stays, goes), emptied);
        // Then
        assertThat(left).isEqualTo(byId(stays));
    }

    @Test
    void keepsStringsThatRepeatOnce() {
        // Given
        var offerings =
                byId(offering("aws", "a").at("0.1"), offering("aws", "b").at("0.1"));
        // When
        var decoded = segments.replace(Map.of(), segments.encode(offerings.values(), Segments.all())).values().stream()
                .toList();
        // Then
        assertThat(decoded.getFirst().region()).isSameAs(decoded.getLast().region());
        assertThat(decoded.getFirst().price()).isSameAs(decoded.getLast().price());
    }

    @Test
    void readsWhatANewerVersionWrote() {
        // Given
        var json = new BookJson().mapper();
        var newer =
                json.writeValueAsString(offering("aws", "g6").at("0.3")).replaceFirst("\\{", "{\"sovereign\":true,");
        // When
        var read = json.readValue(newer, Offering.class);
        // Then
        assertThat(read).isEqualTo(offering("aws", "g6").at("0.3"));
    }
}
