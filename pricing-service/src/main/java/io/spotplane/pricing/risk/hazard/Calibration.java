package io.spotplane.pricing.risk.hazard;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How good forecasts were.
 *
 * @param forecasts how many there were
 * @param survived how many of them survived
 * @param ours of the model
 * @param poolRate of one constant hazard for each pool
 * @param baseRate of one constant hazard for all
 * @param deciles of the model's forecasts, those without a forecast left out
 */
public record Calibration(
        int forecasts, int survived, Score ours, Score poolRate, Score baseRate, List<Decile> deciles) {

    private static final int BINS = 10;
    private static final double SURE = 1e-6;
    private static final double Z90 = 1.6448536269514722;

    public Calibration {
        deciles = List.copyOf(deciles);
    }

    /**
     * Scores of one way to forecast.
     *
     * @param brier mean squared error of the probability: {@code unreliability - resolution + uncertainty} of the deciles, up to what varies
     *     within a decile; less is better
     * @param unreliability how far forecasts lie from what happened; 0 is perfect
     * @param resolution how far the deciles differ in what happened; more is better
     * @param uncertainty what always saying the overall share would score
     * @param logLikelihood mean logarithm of the probability given to what happened; nearer to 0 is better
     */
    public record Score(
            double brier, double unreliability, double resolution, double uncertainty, double logLikelihood) {}

    /**
     * Forecasts of about the same probability.
     *
     * @param from least probability in it
     * @param to probability at which the next begins
     * @param forecasts how many
     * @param meanForecast what was said on average
     * @param survivedShare what happened
     * @param low lower end of the 90 % interval (Wilson) of {@code survivedShare}, as if forecasts were independent
     * @param high its upper end
     */
    public record Decile(
            double from,
            double to,
            int forecasts,
            double meanForecast,
            double survivedShare,
            double low,
            double high) {}

    /** The scores of {@code forecasts}. */
    public static Calibration of(List<Forecast> forecasts) {
        return new Calibration(
                forecasts.size(),
                (int) forecasts.stream().filter(Forecast::survived).count(),
                score(forecasts, Forecast::ours),
                score(forecasts, Forecast::poolRate),
                score(forecasts, Forecast::baseRate),
                deciles(forecasts));
    }

    private static List<Decile> deciles(List<Forecast> forecasts) {
        var deciles = new ArrayList<Decile>();
        var bins = bins(forecasts, Forecast::ours);
        for (int at = 0; at < BINS; at++) {
            var bin = bins[at];
            if (bin.count > 0) {
                double half = bin.wilsonHalfWidth();
                deciles.add(new Decile(
                        at / (double) BINS,
                        (at + 1) / (double) BINS,
                        bin.count,
                        bin.said / bin.count,
                        bin.share(),
                        Math.max(0, bin.wilsonCentre() - half),
                        Math.min(1, bin.wilsonCentre() + half)));
            }
        }
        return deciles;
    }

    private static Score score(List<Forecast> forecasts, ToDoubleFunction<Forecast> probability) {
        if (forecasts.isEmpty()) {
            return new Score(0, 0, 0, 0, 0);
        }
        int count = forecasts.size();
        double squares = 0;
        double logs = 0;
        double survived = 0;
        for (var forecast : forecasts) {
            double said = probability.applyAsDouble(forecast);
            double error = said - (forecast.survived() ? 1 : 0);
            double given = forecast.survived() ? said : 1 - said;
            squares += error * error;
            logs += Math.log(Math.clamp(given, SURE, 1));
            survived += forecast.survived() ? 1 : 0;
        }
        double overall = survived / count;
        double unreliability = 0;
        double resolution = 0;
        for (var bin : bins(forecasts, probability)) {
            if (bin.count > 0) {
                unreliability += bin.count * square(bin.said / bin.count - bin.share());
                resolution += bin.count * square(bin.share() - overall);
            }
        }
        return new Score(
                squares / count, unreliability / count, resolution / count, overall * (1 - overall), logs / count);
    }

    private static double square(double value) {
        return value * value;
    }

    private static Bin[] bins(List<Forecast> forecasts, ToDoubleFunction<Forecast> probability) {
        var bins = new Bin[BINS];
        for (int at = 0; at < BINS; at++) {
            bins[at] = new Bin();
        }
        for (var forecast : forecasts) {
            double said = probability.applyAsDouble(forecast);
            bins[Math.min(BINS - 1, (int) (said * BINS))].add(said, forecast.survived());
        }
        return bins;
    }

    private static final class Bin {

        private int count;
        private int survived;
        private double said;

        void add(double probability, boolean alive) {
            count++;
            said += probability;
            survived += alive ? 1 : 0;
        }

        double share() {
            return survived / (double) count;
        }

        double wilsonCentre() {
            return (share() + Z90 * Z90 / (2 * count)) / (1 + Z90 * Z90 / count);
        }

        double wilsonHalfWidth() {
            double spread = share() * (1 - share()) / count + Z90 * Z90 / (4.0 * count * count);
            return Z90 * Math.sqrt(spread) / (1 + Z90 * Z90 / count);
        }
    }
}
