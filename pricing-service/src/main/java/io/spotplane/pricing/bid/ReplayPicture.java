package io.spotplane.pricing.bid;

import io.spotplane.pricing.auction.Micros;
import io.spotplane.pricing.auction.PricePath;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Past prices as a band (lowest to highest in each column of pixels, so that the shortest spike shows), with the chosen bids across it. Prices span decades, so the
 * axis is logarithmic. Drawn for white and for black.
 */
final class ReplayPicture {

    private static final int WIDTH = 900;
    private static final int HEIGHT = 360;
    private static final int LEFT = 72;
    private static final int RIGHT = 200;
    private static final int TOP = 40;
    private static final int BOTTOM = 44;
    private static final int COLUMNS = WIDTH - LEFT - RIGHT;
    private static final long LEAST = 500;
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMM", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final Map<Strategy, String> COLOURS =
            Map.of(Strategy.CONSERVATIVE, "#0072B2", Strategy.BALANCED, "#009E73", Strategy.AGGRESSIVE, "#D55E00");

    private final List<Choice> choices;
    private final PricePath path;
    private final long from;
    private final long until;
    private final double lowest;
    private final double highest;

    /** Of an auction with a past; at least one choice, all of the same offering. */
    ReplayPicture(List<Choice> choices) {
        this.choices = List.copyOf(choices);
        this.path = choices.getFirst().advice().record().path();
        this.from = path.from().getEpochSecond();
        this.until = path.until().getEpochSecond();
        var levels = new ArrayList<Long>();
        path.stretches().forEach(stretch -> levels.add(stretch.micros()));
        choices.stream().flatMap(choice -> choice.bid().stream()).forEach(levels::add);
        this.lowest = log(levels.stream().mapToLong(level -> level).min().orElseThrow()) - 0.1;
        this.highest = log(levels.stream().mapToLong(level -> level).max().orElseThrow()) + 0.1;
    }

    String svg() {
        var offering = choices.getFirst().advice().question().offering();
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="system-ui, sans-serif" font-size="12" fill="#808080" role="img">
                <title>%s</title>
                <text x="%d" y="22" font-size="14">%s, %s an hour</text>
                %s%s<path d="%s" fill="#8C8C8C" stroke="#8C8C8C" stroke-width="1"/>
                %s</svg>
                """.formatted(
                        WIDTH,
                        HEIGHT,
                        "Past prices and bids",
                        LEFT,
                        offering.id(),
                        offering.price().currency(),
                        prices(),
                        days(),
                        band(),
                        bids());
    }

    private String band() {
        var columns = new TreeMap<Integer, long[]>();
        for (var stretch : path.stretches()) {
            for (var column = column(stretch.from()); column <= column(stretch.until() - 1); column++) {
                columns.merge(column, new long[] {stretch.micros(), stretch.micros()}, (one, other) ->
                        new long[] {Math.min(one[0], other[0]), Math.max(one[1], other[1])});
            }
        }
        var drawn = new StringBuilder();
        columns.forEach((column, range) -> drawn.append("M%d %.1fH%dV%.1fH%dZ"
                .formatted(LEFT + column, y(range[0]) + 0.5, LEFT + column + 1, y(range[1]) - 0.5, LEFT + column)));
        return drawn.toString();
    }

    private int column(long second) {
        return (int) Math.min(COLUMNS - 1, (second - from) * COLUMNS / Math.max(until - from, 1));
    }

    private String bids() {
        var drawn = new StringBuilder();
        var line = 0;
        for (var choice : choices) {
            var colour = COLOURS.get(choice.strategy());
            var label = TOP + 14 + 40 * line++;
            var bid = choice.bid();
            bid.ifPresent(micros -> drawn.append(
                    "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"%s\" stroke-width=\"1.5\" stroke-dasharray=\"6 3\"/>"
                            .formatted(LEFT, LEFT + COLUMNS, y(micros), y(micros), colour)));
            drawn.append("<text x=\"%d\" y=\"%d\" fill=\"%s\">%s: %s</text><text x=\"%d\" y=\"%d\">%s</text>\n"
                    .formatted(
                            LEFT + COLUMNS + 12,
                            label,
                            colour,
                            choice.strategy().name().toLowerCase(Locale.ROOT),
                            bid.map(micros -> Micros.toAmount(micros).toPlainString())
                                    .orElse("none wins now"),
                            LEFT + COLUMNS + 12,
                            label + 15,
                            choice.prospects()));
        }
        return drawn.toString();
    }

    private String prices() {
        var drawn = new StringBuilder();
        for (var decade = 100L; decade <= 1_000_000_000L; decade *= 10) {
            for (var digit : new long[] {1, 2, 5}) {
                var micros = decade * digit;
                if (log(micros) >= lowest && log(micros) <= highest) {
                    drawn.append(
                            "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#808080\" stroke-opacity=\"0.25\"/><text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>\n"
                                    .formatted(
                                            LEFT,
                                            LEFT + COLUMNS,
                                            y(micros),
                                            y(micros),
                                            LEFT - 6,
                                            y(micros) + 4,
                                            Micros.toAmount(micros).toPlainString()));
                }
            }
        }
        return drawn.toString();
    }

    private String days() {
        var drawn = new StringBuilder();
        var day = Duration.ofDays(1).toSeconds();
        var step = day * Math.max(1, (until - from) / day / 6);
        for (var second = (from / day + 1) * day; second < until; second += step) {
            drawn.append("<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>\n"
                    .formatted(LEFT + column(second), HEIGHT - BOTTOM + 20, DAY.format(Instant.ofEpochSecond(second))));
        }
        return drawn.toString();
    }

    private double y(long micros) {
        return TOP + (highest - log(micros)) / (highest - lowest) * (HEIGHT - TOP - BOTTOM);
    }

    private static double log(long micros) {
        return Math.log10(Math.max(micros, LEAST));
    }

    /** What one strategy would bid. */
    record Choice(Strategy strategy, Advice advice) {

        Optional<Long> bid() {
            return Optional.ofNullable(advice.chosen()).map(Advice.Rung::bid);
        }

        String prospects() {
            return prospects(advice.chosen());
        }

        private static String prospects(Advice.@Nullable Rung rung) {
            var replay = rung == null ? null : rung.replay();
            return rung == null || replay == null
                    ? ""
                    : String.format(
                            Locale.ROOT,
                            "held %.1f %%, %.2f losses a day",
                            100 * replay.shareHeld(),
                            replay.lossesPerDay());
        }
    }
}
