package io.spotplane.benchmarks.plot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Collectors;

/**
 * Lines over one axis, as SVG: title, axes with round ticks, a legend. Transparent, in colours that can be told apart on white and on black, and by people
 * who see red and green alike (Okabe and Ito's palette); text takes a grey that reads on both. Each line has its own dashes, so that it survives a
 * black-and-white printer.
 */
public final class LinePlot {

    private static final int WIDTH = 760;
    private static final int HEIGHT = 420;
    private static final int LEFT = 70;
    private static final int RIGHT = 190;
    private static final int TOP = 46;
    private static final int BOTTOM = 56;
    private static final List<String> COLOURS =
            List.of("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#8C8C8C");
    private static final List<String> DASHES = List.of("none", "8 4", "2 3", "10 3 2 3", "5 5", "1 5", "12 6");

    private final String title;
    private final String acrossLabel;
    private final String upLabel;
    private final List<Line> lines = new ArrayList<>();
    private boolean logarithmic;

    /** An empty plot; labels say what is shown, with the unit. */
    public LinePlot(String title, String acrossLabel, String upLabel) {
        this.title = title;
        this.acrossLabel = acrossLabel;
        this.upLabel = upLabel;
    }

    /** Adds a line through the points {@code (across[i], up[i])}, in their order. */
    public LinePlot line(String name, double[] across, double[] up) {
        if (across.length != up.length || across.length == 0) {
            throw new IllegalArgumentException(
                    name + " has " + across.length + " and " + up.length + " values, expected as many, and at least 1");
        }
        lines.add(new Line(name, across.clone(), up.clone()));
        return this;
    }

    /** Makes the axis across logarithmic; all its values must be more than 0. */
    public LinePlot logarithmicAcross() {
        logarithmic = true;
        return this;
    }

    /** Writes the picture to {@code file}, over what is there. */
    public void write(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, svg());
    }

    /** The picture. */
    public String svg() {
        var across = Axis.over(values(Line::across), logarithmic);
        var up = Axis.over(values(Line::up), false);
        DoubleUnaryOperator x = value -> LEFT + across.share(value) * (WIDTH - LEFT - RIGHT);
        DoubleUnaryOperator y = value -> HEIGHT - BOTTOM - up.share(value) * (HEIGHT - TOP - BOTTOM);
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="system-ui, sans-serif" font-size="12" fill="#808080" role="img" aria-label="%s">
                <text x="%d" y="24" font-size="15">%s</text>
                %s%s%s</svg>
                """.formatted(
                WIDTH, HEIGHT, escaped(title), LEFT, escaped(title), grid(across, up, x, y), labels(), drawn(x, y));
    }

    private double[] values(java.util.function.Function<Line, double[]> which) {
        return lines.stream()
                .map(which)
                .flatMapToDouble(java.util.Arrays::stream)
                .toArray();
    }

    private static String grid(Axis across, Axis up, DoubleUnaryOperator x, DoubleUnaryOperator y) {
        var svg = new StringBuilder();
        for (double tick : across.ticks()) {
            svg.append(stroke(x.applyAsDouble(tick), TOP, x.applyAsDouble(tick), HEIGHT - BOTTOM));
            svg.append(text(x.applyAsDouble(tick), HEIGHT - BOTTOM + 18, "middle", number(tick)));
        }
        for (double tick : up.ticks()) {
            svg.append(stroke(LEFT, y.applyAsDouble(tick), WIDTH - RIGHT, y.applyAsDouble(tick)));
            svg.append(text(LEFT - 8, y.applyAsDouble(tick) + 4, "end", number(tick)));
        }
        return svg.toString();
    }

    private String labels() {
        int middle = (TOP + HEIGHT - BOTTOM) / 2;
        return text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 14, "middle", acrossLabel)
                + "<text transform=\"translate(18 %d) rotate(-90)\" text-anchor=\"middle\">%s</text>%n"
                        .formatted(middle, escaped(upLabel));
    }

    private String drawn(DoubleUnaryOperator x, DoubleUnaryOperator y) {
        var svg = new StringBuilder();
        for (int at = 0; at < lines.size(); at++) {
            var line = lines.get(at);
            var style = "stroke=\"%s\" stroke-dasharray=\"%s\" stroke-width=\"2\" fill=\"none\""
                    .formatted(COLOURS.get(at % COLOURS.size()), DASHES.get(at % DASHES.size()));
            svg.append("<polyline points=\"%s\" %s/>%n".formatted(line.points(x, y), style));
            int legend = TOP + 12 + 22 * at;
            svg.append("<path d=\"M%d %dh28\" %s/>%n".formatted(WIDTH - RIGHT + 16, legend, style));
            svg.append(text(WIDTH - RIGHT + 52, legend + 4, "start", line.name()));
        }
        return svg.toString();
    }

    private static String stroke(double x1, double y1, double x2, double y2) {
        return String.format(
                Locale.ROOT,
                "<path d=\"M%.1f %.1fL%.1f %.1f\" stroke=\"#808080\" stroke-opacity=\".25\"/>%n",
                x1,
                y1,
                x2,
                y2);
    }

    private static String text(double x, double y, String anchor, String text) {
        return String.format(
                Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n", x, y, anchor, escaped(text));
    }

    private static String number(double value) {
        var text = String.format(Locale.ROOT, "%.4f", value);
        return text.replaceAll("\\.?0+$", "");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }

    private record Line(String name, double[] across, double[] up) {

        String points(DoubleUnaryOperator x, DoubleUnaryOperator y) {
            return java.util.stream.IntStream.range(0, across.length)
                    .mapToObj(at -> String.format(
                            Locale.ROOT, "%.1f,%.1f", x.applyAsDouble(across[at]), y.applyAsDouble(up[at])))
                    .collect(Collectors.joining(" "));
        }
    }

    private record Axis(double low, double high, List<Double> ticks, boolean logarithmic) {

        private static final int ABOUT = 6;

        static Axis over(double[] values, boolean logarithmic) {
            double low = java.util.Arrays.stream(values).min().orElse(0);
            double high = java.util.Arrays.stream(values).max().orElse(1);
            return logarithmic ? powers(low, high) : round(low, high);
        }

        private static Axis round(double low, double high) {
            double step = roundStep((high > low ? high - low : Math.max(1, Math.abs(high))) / ABOUT);
            double from = Math.floor(low / step) * step;
            double to = Math.max(from + step, Math.ceil(high / step - 1e-9) * step);
            var ticks = new ArrayList<Double>();
            for (int at = 0; from + at * step <= to + step / 2; at++) {
                ticks.add(from + at * step);
            }
            return new Axis(from, to, ticks, false);
        }

        private static Axis powers(double low, double high) {
            var ticks = new ArrayList<Double>();
            int last = (int) Math.ceil(Math.log10(high));
            for (int power = (int) Math.floor(Math.log10(low)); power <= last; power++) {
                ticks.add(Math.pow(10, power));
            }
            return new Axis(ticks.getFirst(), Math.max(ticks.getLast(), ticks.getFirst() * 10), ticks, true);
        }

        private static double roundStep(double about) {
            double power = Math.pow(10, Math.floor(Math.log10(about)));
            double lead = about / power;
            return power * (lead <= 1 ? 1 : lead <= 2 ? 2 : lead <= 5 ? 5 : 10);
        }

        double share(double value) {
            return logarithmic
                    ? (Math.log(value) - Math.log(low)) / (Math.log(high) - Math.log(low))
                    : (value - low) / (high - low);
        }
    }
}
