package io.spotplane.pricing.risk.report;

import io.spotplane.pricing.risk.hazard.Calibration;
import java.util.Locale;

/** A reliability curve as SVG: what was said against what happened, with 90 % intervals; on the diagonal the forecasts are right. */
public final class ReliabilityPicture {

    private static final int LEFT = 70;
    private static final int TOP = 56;
    private static final int SIDE = 400;

    private ReliabilityPicture() {}

    /** The curve of {@code calibration}; without forecasts the empty field, and words that say so. */
    public static String of(Calibration calibration, String title) {
        var svg = new StringBuilder(4_000);
        svg.append("""
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 520 560" role="img" font-family="system-ui, sans-serif" font-size="13">
                <style>text{fill:#334155}.grid{stroke:#94a3b8;stroke-opacity:.35}.ideal{stroke:#64748b;stroke-dasharray:5 4}\
                .curve{stroke:#0f766e;fill:none;stroke-width:2}.dot{fill:#0f766e}.bar{stroke:#0f766e;stroke-width:1.5;stroke-opacity:.6}\
                @media(prefers-color-scheme:dark){text{fill:#cbd5e1}.curve,.bar{stroke:#2dd4bf}.dot{fill:#2dd4bf}}</style>
                """);
        text(svg, LEFT, 24, "start", 15, escaped(title));
        text(svg, LEFT, 43, "start", 12, subtitle(calibration));
        grid(svg);
        curve(svg, calibration);
        return svg.append("</svg>\n").toString();
    }

    private static String subtitle(Calibration calibration) {
        return calibration.forecasts() == 0
                ? "No forecast has come due yet"
                : String.format(
                        Locale.ROOT,
                        "%,d forecasts · Brier %.3f (pool rate %.3f, base rate %.3f)",
                        calibration.forecasts(),
                        calibration.ours().brier(),
                        calibration.poolRate().brier(),
                        calibration.baseRate().brier());
    }

    private static void grid(StringBuilder svg) {
        for (int tenth = 0; tenth <= 10; tenth += 2) {
            double at = tenth / 10.0;
            line(svg, "grid", x(at), y(0), x(at), y(1));
            line(svg, "grid", x(0), y(at), x(1), y(at));
            text(svg, x(at), TOP + SIDE + 18, "middle", 12, percent(at));
            text(svg, LEFT - 8, y(at) + 4, "end", 12, percent(at));
        }
        line(svg, "ideal", x(0), y(0), x(1), y(1));
        text(svg, LEFT + SIDE / 2.0, TOP + SIDE + 40, "middle", 13, "forecast chance to survive");
        svg.append(String.format(
                Locale.ROOT,
                "<text transform=\"translate(18 %d) rotate(-90)\" text-anchor=\"middle\">share that survived</text>%n",
                TOP + SIDE / 2));
    }

    private static void curve(StringBuilder svg, Calibration calibration) {
        var points = new StringBuilder();
        for (var decile : calibration.deciles()) {
            double across = x(decile.meanForecast());
            double up = y(decile.survivedShare());
            points.append(String.format(Locale.ROOT, "%.1f,%.1f ", across, up));
            line(svg, "bar", across, y(decile.low()), across, y(decile.high()));
            svg.append(String.format(
                    Locale.ROOT,
                    "<circle class=\"dot\" cx=\"%.1f\" cy=\"%.1f\" r=\"4\"><title>said %s, survived %s of %d</title></circle>%n",
                    across,
                    up,
                    percent(decile.meanForecast()),
                    percent(decile.survivedShare()),
                    decile.forecasts()));
        }
        svg.append("<polyline class=\"curve\" points=\"")
                .append(points.toString().strip())
                .append("\"/>\n");
    }

    private static void line(StringBuilder svg, String style, double x1, double y1, double x2, double y2) {
        svg.append(String.format(
                Locale.ROOT,
                "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>%n",
                style,
                x1,
                y1,
                x2,
                y2));
    }

    private static void text(StringBuilder svg, double x, double y, String anchor, int size, String words) {
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" font-size=\"%d\">%s</text>%n",
                x,
                y,
                anchor,
                size,
                words));
    }

    private static String percent(double share) {
        return Math.round(share * 100) + " %";
    }

    private static String escaped(String words) {
        return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static double x(double share) {
        return LEFT + SIDE * share;
    }

    private static double y(double share) {
        return TOP + SIDE * (1 - share);
    }
}
