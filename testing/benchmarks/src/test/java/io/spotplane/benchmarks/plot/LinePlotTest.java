package io.spotplane.benchmarks.plot;

import static org.assertj.core.api.Assertions.assertThat;

import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class LinePlotTest {

    @Test
    void drawsEachLineWithItsNameBetweenRoundTicks() throws Exception {
        // Given
        var plot = new LinePlot("A < B & \"C\"", "hours", "ratio")
                .line("ours", new double[] {52, 60, 92}, new double[] {1.09, 1.05, 1.02})
                .line("theirs", new double[] {52, 60, 92}, new double[] {1.26, 1.15, 1.04});
        // When
        var svg = plot.svg();
        // Then
        var document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new java.io.StringReader(svg)));
        assertThat(document.getElementsByTagName("polyline").getLength()).isEqualTo(2);
        assertThat(svg).contains("ours", "theirs", "A &lt; B &amp; &quot;C&quot;", ">1.05<", ">60<");
    }
}
