package io.spotplane.pricing.simulation;

import io.spotplane.contracts.vocabulary.Money;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Draws the first window of a simulation as SVG: a row for each policy, spot and on demand in different colours and heights, reclaims as marks. Transparent, readable on light and
 * dark pages.
 */
final class DrawRuns {

    private static final int WIDTH = 900;
    private static final int LEFT = 150;
    private static final int RIGHT = 110;
    private static final int ROW = 34;
    private static final int TOP = 50;
    private static final String SPOT = "#009E73";
    private static final String ON_DEMAND = "#D55E00";
    private static final String STARTS = "#E69F00";

    private DrawRuns() {}

    static String svg(SimulationAnswer answer, Duration deadline) {
        var run = answer.runs().getFirst();
        var timelines = run.timelines() == null ? List.<SimulationAnswer.Timeline>of() : run.timelines();
        int height = TOP + ROW * timelines.size() + 34;
        var svg = new StringBuilder();
        svg.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"system-ui, sans-serif\" font-size=\"12\" fill=\"#808080\" role=\"img\" aria-label=\"Timelines of one run\">%n",
                WIDTH,
                height));
        svg.append(legend());
        for (int at = 0; at < timelines.size(); at++) {
            svg.append(row(timelines.get(at), run.costs().get(at), TOP + ROW * at, deadline));
        }
        return svg.append(axis(deadline, TOP + ROW * timelines.size()))
                .append("</svg>\n")
                .toString();
    }

    private static String legend() {
        return box(LEFT, 14, 14, 10, SPOT)
                + text(LEFT + 20, 23, "start", "spot")
                + box(LEFT + 70, 14, 14, 10, ON_DEMAND)
                + text(LEFT + 90, 23, "start", "on demand")
                + box(LEFT + 180, 14, 14, 10, STARTS)
                + text(LEFT + 200, 23, "start", "starting, paid without progress")
                + text(LEFT + 420, 23, "start", "✕ taken back");
    }

    private static String row(SimulationAnswer.Timeline timeline, Money cost, int top, Duration deadline) {
        var svg = new StringBuilder(text(LEFT - 10, top + 20, "end", name(timeline.policy())));
        for (var held : timeline.stretches()) {
            double from = x(held.from(), deadline);
            double works = x(held.from().plus(held.startUp()), deadline);
            double to = x(held.from().plus(held.time()), deadline);
            boolean spot = held.pool() != null;
            int high = spot ? 14 : 22;
            svg.append(box(from, top + 26 - high, works - from, high, STARTS));
            svg.append(box(works, top + 26 - high, to - works, high, spot ? SPOT : ON_DEMAND));
            if (held.reclaimed()) {
                svg.append(text(to, top + 11, "middle", "✕"));
            }
        }
        return svg.append(text(WIDTH - RIGHT + 10, top + 20, "start", cost.toString()))
                .toString();
    }

    private static String name(PolicyName policy) {
        return policy.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String axis(Duration deadline, int y) {
        var svg = new StringBuilder();
        long step = Math.max(1, Math.round(deadline.toMinutes() / 60.0 / 8));
        for (long hour = 0; hour * 60 <= deadline.toMinutes(); hour += step) {
            svg.append(text(x(Duration.ofHours(hour), deadline), y + 22, "middle", hour + " h"));
        }
        double end = x(deadline, deadline);
        return svg.append(String.format(
                        Locale.ROOT,
                        "<path d=\"M%.1f %dV%d\" stroke=\"#808080\" stroke-dasharray=\"4 3\"/>%n",
                        end,
                        TOP - 8,
                        y + 6))
                .append(text(end, TOP - 12, "middle", "deadline"))
                .toString();
    }

    private static double x(Duration time, Duration deadline) {
        return LEFT + (double) time.toMillis() / deadline.toMillis() * (WIDTH - LEFT - RIGHT);
    }

    private static String box(double x, double y, double width, double height, String colour) {
        return String.format(
                Locale.ROOT,
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"/>%n",
                x,
                y,
                Math.max(0, width),
                height,
                colour);
    }

    private static String text(double x, double y, String anchor, String text) {
        return String.format(
                Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n", x, y, anchor, text);
    }
}
