package io.spotplane.benchmarks.risk;

import io.spotplane.pricing.risk.hazard.AgeBand;
import io.spotplane.pricing.risk.hazard.Exposure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Hazards by age band as SVG: a step for each band, both axes logarithmic. */
final class HazardPlot {

    private static final double OLDEST = 96;
    private static final double YOUNGEST = 1 / 30.0;
    private static final List<String> COLOURS =
            List.of("#0f766e", "#b45309", "#4338ca", "#be123c", "#15803d", "#7e22ce", "#0369a1", "#a16207");

    private final String title;
    private final List<String> names = new ArrayList<>();
    private final List<Exposure> exposures = new ArrayList<>();

    HazardPlot(String title) {
        this.title = title;
    }

    void add(String name, Exposure exposure) {
        names.add(name);
        exposures.add(exposure);
    }

    String svg() {
        var svg = new StringBuilder("""
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 760 440" role="img" font-family="system-ui, sans-serif" font-size="12">
                <style>text{fill:#475569}.grid{stroke:#94a3b8;stroke-opacity:.35}@media(prefers-color-scheme:dark){text{fill:#cbd5e1}}</style>
                """);
        svg.append("<text x=\"60\" y=\"24\" font-size=\"15\">%s</text>\n".formatted(title));
        grid(svg);
        for (int at = 0; at < names.size(); at++) {
            curve(svg, at);
        }
        return svg.append("</svg>\n").toString();
    }

    private static void grid(StringBuilder svg) {
        for (double hazard : new double[] {0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 4}) {
            svg.append(format(
                    "<line class=\"grid\" x1=\"60\" x2=\"480\" y1=\"%.1f\" y2=\"%.1f\"/>", y(hazard), y(hazard)));
            svg.append(format(
                    "<text x=\"52\" y=\"%.1f\" text-anchor=\"end\">%s</text>%n", y(hazard) + 4, trimmed(hazard)));
        }
        for (var tick : new String[] {
            "0.0333=2 min", "0.1667=10 min", "0.5=30 min", "1=1 h", "3=3 h", "6=6 h", "12=12 h", "24=1 d", "96=4 d"
        }) {
            double age = Double.parseDouble(tick.substring(0, tick.indexOf('=')));
            svg.append(format("<line class=\"grid\" x1=\"%.1f\" x2=\"%.1f\" y1=\"40\" y2=\"390\"/>", x(age), x(age)));
            svg.append(format(
                    "<text x=\"%.1f\" y=\"408\" font-size=\"10\" text-anchor=\"middle\">%s</text>%n",
                    x(age), tick.substring(tick.indexOf('=') + 1)));
        }
        svg.append("<text x=\"270\" y=\"430\" text-anchor=\"middle\">age</text>\n");
    }

    private void curve(StringBuilder svg, int at) {
        var path = new StringBuilder();
        for (var band : AgeBand.values()) {
            double hours = exposures.get(at).hours(band);
            double ends = exposures.get(at).ends(band);
            if (hours >= 5 && ends > 0) {
                double height = y(ends / hours);
                path.append(format(
                        "%s%.1f,%.1f L%.1f,%.1f ",
                        path.isEmpty() ? "M" : "L",
                        x(Math.max(YOUNGEST, band.fromHours())),
                        height,
                        x(Math.min(OLDEST, band.toHours())),
                        height));
            }
        }
        var colour = COLOURS.get(at % COLOURS.size());
        svg.append(format("<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>%n", path, colour));
        svg.append(
                format("<text x=\"494\" y=\"%d\" style=\"fill:%s\">%s</text>%n", 56 + 20 * at, colour, names.get(at)));
    }

    private static String trimmed(double value) {
        return value >= 1 ? String.valueOf((int) value) : String.valueOf(value);
    }

    private static double x(double age) {
        return 60 + 420 * Math.log(age / YOUNGEST) / Math.log(OLDEST / YOUNGEST);
    }

    private static double y(double hazard) {
        return 390 - 350 * Math.log(hazard / 0.015) / Math.log(6 / 0.015);
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
