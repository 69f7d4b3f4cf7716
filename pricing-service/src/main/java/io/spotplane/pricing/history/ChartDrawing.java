package io.spotplane.pricing.history;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;
import java.util.function.DoubleBinaryOperator;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A {@link PriceChart} as a picture (SVG) for those who would rather look: the mean as a line, low to high as a band, grey where nobody
 * looked, reddish where it was not for sale.
 */
final class ChartDrawing {

    private static final int WIDTH = 960;
    private static final int HEIGHT = 360;
    private static final int LEFT = 72;
    private static final int RIGHT = 16;
    private static final int TOP = 40;
    private static final int BOTTOM = 48;
    private static final int TICKS = 5;
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ROOT);
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ROOT);

    private final PriceChart chart;
    private final double bottom;
    private final double top;
    private final StringBuilder svg = new StringBuilder(16_384);

    private ChartDrawing(PriceChart chart) {
        this.chart = chart;
        var least = extreme(PriceChart.Point::low, Math::min);
        var most = extreme(PriceChart.Point::high, Math::max);
        var air = most > least ? (most - least) * 0.08 : Math.max(most * 0.1, 0.000_001);
        this.bottom = Math.max(0, least - air);
        this.top = most + air;
    }

    /** The picture. */
    static String of(PriceChart chart) {
        return new ChartDrawing(chart).draw();
    }

    private double extreme(Function<PriceChart.Point, @Nullable BigDecimal> value, DoubleBinaryOperator more) {
        return chart.points().stream()
                .map(value)
                .filter(Objects::nonNull)
                .mapToDouble(BigDecimal::doubleValue)
                .reduce(more)
                .orElse(0);
    }

    private String draw() {
        line(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"system-ui, sans-serif\" font-size=\"12\">",
                WIDTH, HEIGHT);
        line("<title>%s</title>", escaped(chart.offeringId()));
        line("<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>", WIDTH, HEIGHT);
        line("<text x=\"%d\" y=\"20\" font-size=\"14\" fill=\"#1f2933\">%s</text>", LEFT, escaped(chart.offeringId()));
        legend();
        gaps();
        priceAxis();
        timeAxis();
        bands();
        means();
        line("</svg>");
        return svg.toString();
    }

    private void legend() {
        line(
                "<text x=\"%d\" y=\"%d\" fill=\"#52606d\">%s an hour · line: mean by time, band: low to high · grey: not observed, red: not for sale</text>",
                LEFT, HEIGHT - BOTTOM + 36, escaped(chart.currency()));
    }

    /** Neighbours of one kind are one rectangle. */
    private void gaps() {
        var points = chart.points();
        for (int begin = 0; begin < points.size(); ) {
            int end = begin + 1;
            while (end < points.size()
                    && points.get(end).state() == points.get(begin).state()) {
                end++;
            }
            if (points.get(begin).state() != PriceChart.State.FOR_SALE) {
                line(
                        "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>",
                        x(begin),
                        TOP,
                        x(end) - x(begin),
                        HEIGHT - TOP - BOTTOM,
                        points.get(begin).state() == PriceChart.State.NOT_OBSERVED ? "#e4e7eb" : "#fbe3e0");
            }
            begin = end;
        }
    }

    private void priceAxis() {
        var step = roundStep((top - bottom) / TICKS);
        for (var tick = Math.ceil(bottom / step) * step; tick <= top; tick += step) {
            line("<path d=\"M%d %.1fH%d\" stroke=\"#cbd2d9\" stroke-width=\"0.5\"/>", LEFT, y(tick), WIDTH - RIGHT);
            line(
                    "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\" fill=\"#52606d\">%s</text>",
                    LEFT - 8, y(tick) + 4, label(tick));
        }
    }

    private static double roundStep(double least) {
        var power = Math.pow(10, Math.floor(Math.log10(least)));
        return Stream.of(1.0, 2.0, 5.0, 10.0)
                .map(factor -> factor * power)
                .filter(step -> step >= least)
                .findFirst()
                .orElse(10 * power);
    }

    private static String label(double tick) {
        return BigDecimal.valueOf(tick)
                .round(new MathContext(4))
                .stripTrailingZeros()
                .toPlainString();
    }

    private void timeAxis() {
        var format = Duration.between(chart.from(), chart.to()).toDays() > TICKS + 1 ? DAY : MINUTE;
        for (int tick = 0; tick <= TICKS; tick++) {
            var at = LEFT + (WIDTH - LEFT - RIGHT) * (double) tick / TICKS;
            line(
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"%s\" fill=\"#52606d\">%s</text>",
                    at,
                    HEIGHT - BOTTOM + 18,
                    tick == 0 ? "start" : tick == TICKS ? "end" : "middle",
                    format.format(moment(tick).atOffset(ZoneOffset.UTC)));
        }
        line(
                "<text x=\"%d\" y=\"%d\" text-anchor=\"end\" fill=\"#9aa5b1\">UTC</text>",
                WIDTH - RIGHT, HEIGHT - BOTTOM + 36);
        line("<path d=\"M%d %dH%d\" stroke=\"#52606d\"/>", LEFT, HEIGHT - BOTTOM, WIDTH - RIGHT);
    }

    private Instant moment(int tick) {
        return chart.from()
                .plus(Duration.between(chart.from(), chart.to())
                        .multipliedBy(tick)
                        .dividedBy(TICKS));
    }

    private void bands() {
        for (int at = 0; at < chart.points().size(); at++) {
            var point = chart.points().get(at);
            if (point.low() != null && point.high() != null) {
                var high = y(point.high().doubleValue());
                line(
                        "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.2f\" height=\"%.1f\" fill=\"#9fc5e8\"/>",
                        x(at),
                        high,
                        x(at + 1) - x(at) + 0.3,
                        Math.max(0.6, y(point.low().doubleValue()) - high));
            }
        }
    }

    /** Steps, because a price holds; lifted where there is none. */
    private void means() {
        svg.append("<path fill=\"none\" stroke=\"#0b5394\" stroke-width=\"1.5\" d=\"");
        var drawing = false;
        for (int at = 0; at < chart.points().size(); at++) {
            var mean = chart.points().get(at).mean();
            if (mean != null) {
                svg.append(format(drawing ? "V%.1f" : "M%2$.1f %1$.1f", y(mean.doubleValue()), x(at)))
                        .append(format("H%.1f", x(at + 1)));
            }
            drawing = mean != null;
        }
        line("\"/>");
    }

    private double x(int step) {
        return LEFT + (double) (WIDTH - LEFT - RIGHT) * step / chart.points().size();
    }

    private double y(double value) {
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * (value - bottom) / (top - bottom);
    }

    private void line(String format, Object... values) {
        svg.append(format(format, values)).append('\n');
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}
