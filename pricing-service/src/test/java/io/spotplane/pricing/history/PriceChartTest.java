package io.spotplane.pricing.history;

import static io.spotplane.pricing.history.Pasts.MIDNIGHT;
import static io.spotplane.pricing.history.Pasts.past;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.time.Duration;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xml.sax.InputSource;

class PriceChartTest {

    @Test
    void aStepHasTheExtremesTheMeanAndTheLastOfWhatWasInForce() {
        // Given
        var timeline = past("0.30")
                .after(ofMinutes(90), "0.50")
                .after(ofMinutes(15), "0.40")
                .during(ofHours(3));
        // When
        var second = PriceChart.of("x", timeline, 3).points().get(1);
        // Then
        assertThat(second.low()).isEqualTo("0.30");
        assertThat(second.high()).isEqualTo("0.50");
        assertThat(second.mean()).isEqualTo("0.375000");
        assertThat(second.last()).isEqualTo("0.40");
        assertThat(second.state()).isEqualTo(PriceChart.State.FOR_SALE);
    }

    @Test
    void tellsWhatWasNotForSaleFromWhatNobodySaw() {
        // Given
        var timeline = past("0.30")
                .gone(ofHours(1))
                .unseen(MIDNIGHT.plus(ofHours(2)), ofHours(1))
                .during(ofHours(4));
        // When
        var points = PriceChart.of("x", timeline, 4).points();
        // Then
        assertThat(points)
                .extracting(PriceChart.Point::state)
                .containsExactly(
                        PriceChart.State.FOR_SALE,
                        PriceChart.State.NOT_FOR_SALE,
                        PriceChart.State.NOT_OBSERVED,
                        PriceChart.State.NOT_FOR_SALE);
        assertThat(points.get(1).mean()).isNull();
        assertThat(points.get(2).forSale()).isNull();
        assertThat(points.get(2).observed()).isEqualTo("0.000000");
    }

    @ParameterizedTest
    @CsvSource({"21,1", "22,7", "23,200", "24,2000"})
    void theMeanOfAllStepsIsTheMeanOfTheWhole(long seed, int points) {
        // Given
        var past = Pasts.random(seed, 400);
        var timeline = past.between(MIDNIGHT.plusSeconds(77), past.end().plusSeconds(5));
        // When
        var chart = PriceChart.of("x", timeline, points);
        // Then
        assertThat(chart.points()).hasSize(points);
        var hours = timeline.span().length().toNanos() / 3.6e12 / points;
        double sum = 0;
        double sold = 0;
        for (var point : chart.points()) {
            if (point.mean() != null && point.forSale() != null) {
                var share = point.forSale().doubleValue() * point.observed().doubleValue() * hours;
                sum += point.mean().doubleValue() * share;
                sold += share;
            }
        }
        assertThat(sum / sold)
                .isCloseTo(
                        Distribution.of(timeline).mean().doubleValue(), org.assertj.core.data.Offset.offset(0.000_05));
    }

    @Test
    void isAlsoAPicture() throws Exception {
        // Given
        var past = Pasts.random(25, 200).unseen(MIDNIGHT.plus(Duration.ofDays(26)), Duration.ofDays(1));
        var chart = PriceChart.of("aws:a<b", past.during(Duration.ofDays(30)), 200);
        // When
        var svg = ChartDrawing.of(chart);
        // Then
        var document =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
        assertThat(document.getDocumentElement().getTagName()).isEqualTo("svg");
        assertThat(svg).contains("aws:a&lt;b").doesNotContain("NaN").contains("#e4e7eb");
    }

    @Test
    void drawsNothingButItsFrameOfWhatWasNeverForSale() {
        // When
        var svg = ChartDrawing.of(PriceChart.of("x", Pasts.unknown().during(ofHours(1)), 10));
        // Then
        assertThat(svg).doesNotContain("NaN").doesNotContain("Infinity").endsWith("</svg>\n");
    }
}
