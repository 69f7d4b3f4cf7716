package io.spotplane.pricing.risk.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.spotplane.pricing.risk.Pool;
import io.spotplane.pricing.risk.hazard.Calibration;
import io.spotplane.pricing.risk.hazard.Forecast;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;

class ReliabilityPictureTest {

    @Test
    void saysThatThereIsNothingInsteadOfDrawingSomething() throws Exception {
        // When
        var picture = ReliabilityPicture.of(Calibration.of(List.of()), "Nothing <yet>");
        // Then
        assertThat(picture).contains("No forecast has come due yet").contains("Nothing &lt;yet&gt;");
        assertThat(points(picture)).isZero();
    }

    @Test
    void drawsAPointForEachDecile() throws Exception {
        // Given
        var pool = new Pool("aws", "us-east-1", null, "p3.2xlarge");
        var forecasts = List.of(
                new Forecast(pool, Instant.EPOCH, Duration.ofHours(1), 0.95, 0.9, 0.5, true),
                new Forecast(pool, Instant.EPOCH, Duration.ofHours(1), 0.15, 0.2, 0.5, false));
        // When
        var picture = ReliabilityPicture.of(Calibration.of(forecasts), "Two");
        // Then
        assertThat(points(picture)).isEqualTo(2);
    }

    private static int points(String svg) throws Exception {
        var document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
        return document.getElementsByTagName("circle").getLength();
    }
}
