package io.spotplane.benchmarks.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.spotplane.benchmarks.plot.LinePlot;
import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.pricing.recommendation.Decide;
import io.spotplane.pricing.recommendation.RecommendationRequest;
import io.spotplane.pricing.recommendation.RecommendationRequest.Strategy;
import io.spotplane.pricing.recommendation.RecommendationResource.ScenarioResource;
import io.spotplane.pricing.recommendation.Survivals;
import io.spotplane.pricing.recommendation.exact.Solution.Status;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Plans over one day of Rackspace Spot (101 classes, 8 regions): the exact plan beside brute force on small requests, beside a general solver, greed and
 * the former builder's balanced strategy on all; and its time, also over many more pools than that market has.
 */
class PlanBenchmark {

    private static final int SMALL = 1_000;
    private static final int LARGE = 300;
    private static final int WARM_UP = 100;
    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final Decide DECIDE = new Decide(new Survivals(null, null), "USD");

    private final StringBuilder report = new StringBuilder();

    @Test
    void compare() throws IOException {
        bruteForce();
        save();
        wholeMarket();
        plot();
        save();
        manyPools();
        save();
        System.out.println(report);
    }

    private void save() throws IOException {
        Files.writeString(Path.of("target/plan.md"), report);
    }

    private static Decide.Answer answer(RecommendationRequest request, List<Offering> market) {
        var moment = new Decide.Market(RackspaceMarket.AT, market, List.of(), false);
        return DECIDE.answer(new UUID(0, 0), request, moment, RackspaceMarket.AT, within(LIMIT));
    }

    private static BooleanSupplier within(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        return () -> System.nanoTime() - end > 0;
    }

    /** Three pools, at most twenty machines. */
    private void bruteForce() {
        var all = RackspaceMarket.offerings();
        var random = new Random(1);
        var requests = new Requests(1, 20, 0.02);
        var totals = new Totals();
        for (int at = 0; at < SMALL; at++) {
            var market = new ArrayList<>(all);
            Collections.shuffle(market, random);
            var request = requests.next();
            if (request.errors("USD").isEmpty() && !worstCase(request)) {
                var answer = answer(request, market.subList(0, 3));
                var rivals = new Rivals(answer.certificate());
                totals.add(answer, rivals.bruteForce(20), rivals.greedy());
            }
        }
        report.append("| ")
                .append(totals.count)
                .append(
                        " requests, 3 pools, at most 20 machines | answered | refused wrongly | cost / cheapest, mean | worst |\n");
        report.append("| --- | ---: | ---: | ---: | ---: |\n");
        totals.lines("brute force");
        assertThat(totals.ours.refused).isZero();
        assertThat(totals.ours.worst).isEqualTo(1.0);
    }

    private static List<RecommendationRequest> valid(Requests requests, int of) {
        return IntStream.range(0, of)
                .mapToObj(at -> requests.next())
                .filter(request -> request.errors("USD").isEmpty())
                .toList();
    }

    private static boolean worstCase(RecommendationRequest request) {
        return request.budget() != null && request.budget().basis() != null;
    }

    /** Ours first, alone, as it is timed; then the others over the same requests. */
    private void wholeMarket() {
        var market = RackspaceMarket.offerings();
        valid(new Requests(7, 100, 0.02), WARM_UP).forEach(request -> answer(request, market));
        var totals = new Totals();
        var answers = new ArrayList<Decide.Answer>();
        for (var request : valid(new Requests(2, 100, 0.02), LARGE)) {
            long start = System.nanoTime();
            var answer = answer(request, market);
            totals.time(answer, System.nanoTime() - start);
            answers.add(answer);
        }
        for (var answer : answers) {
            var rivals = new Rivals(answer.certificate());
            long start = System.nanoTime();
            var ojAlgo = rivals.ojAlgo(LIMIT);
            totals.ojAlgoTimes.add(System.nanoTime() - start);
            totals.add(answer, ojAlgo, rivals.greedy());
        }
        report.append("\n| ")
                .append(totals.count)
                .append(
                        " requests, 101 classes in 8 regions, at most 100 machines | answered | refused wrongly | cost / cheapest, mean | worst |\n");
        report.append("| --- | ---: | ---: | ---: | ---: |\n");
        totals.lines("ojAlgo 57.1.0, at most 2 s each");
        report.append("\n| time | p50 | p99 | longest |\n| --- | ---: | ---: | ---: |\n");
        report.append(times("ours, all of the answer, feasible", totals.feasibleTimes));
        report.append(times("ours, infeasible, explained", totals.infeasibleTimes));
        report.append(times("ojAlgo, the optimum alone", totals.ojAlgoTimes));
    }

    /** The market again and again in other regions, with other prices. */
    private void manyPools() {
        report.append("\n| offerings | requests | p50 | longest | proven |\n| ---: | ---: | ---: | ---: | ---: |\n");
        for (int copies : new int[] {10, 99, 990}) {
            var random = new Random(copies);
            var market = IntStream.range(0, copies)
                    .boxed()
                    .flatMap(copy ->
                            RackspaceMarket.offerings().stream().map(offering -> elsewhere(offering, copy, random)))
                    .toList();
            var requests = new Requests(3, 100, 0.02);
            var times = new ArrayList<Long>();
            int proven = 0;
            for (int at = 0; at < 30; at++) {
                var request = requests.next();
                if (request.errors("USD").isEmpty()) {
                    long start = System.nanoTime();
                    var status = answer(request, market).certificate().status();
                    times.add(System.nanoTime() - start);
                    proven += status == Status.OPTIMAL || status == Status.INFEASIBLE ? 1 : 0;
                }
            }
            report.append(String.format(
                    Locale.ROOT,
                    "| %,d | %d | %s | %s | %d |%n",
                    market.size(),
                    times.size(),
                    milliseconds(percentile(times, 0.5)),
                    milliseconds(percentile(times, 1)),
                    proven));
        }
    }

    private static Offering elsewhere(Offering offering, int copy, Random random) {
        var price = offering.price().amount().multiply(BigDecimal.valueOf(1000 + random.nextInt(4000), 3));
        return RackspaceMarket.offering(
                offering.region() + "-" + copy,
                offering.instanceType(),
                offering.vcpu(),
                offering.memoryMiB(),
                offering.gpu(),
                price.setScale(6, java.math.RoundingMode.HALF_UP).toPlainString());
    }

    /** One wish, ever larger: what each way pays for it, where it finds a plan at all. */
    private static void plot() throws IOException {
        var market = RackspaceMarket.offerings();
        var wanted = new ArrayList<double[]>();
        for (int vcpu = 20; vcpu <= 600; vcpu += 20) {
            var request = Requests.read(
                    "{\"totals\":{\"vcpu\":" + vcpu + ",\"memoryMiB\":" + vcpu * 6144L
                            + "},\"classes\":[\"gp\",\"ch\",\"mh\"],\"spread\":{\"mostPercentInPool\":25,\"leftPercentWithoutAnyRegion\":60}}");
            var answer = answer(request, market);
            var greedy = new Rivals(answer.certificate()).greedy();
            wanted.add(new double[] {
                vcpu,
                answer.certificate().objective() == null
                        ? Double.NaN
                        : answer.certificate().objective() / 1e6,
                greedy.isPresent() ? greedy.getAsLong() / 1e6 : Double.NaN,
                scenario(answer).plan().perUsefulHour().amount().doubleValue()
            });
        }
        var plot = new LinePlot(
                "The same capacity, three ways to shop: Rackspace Spot, 13 July 2026",
                "vCPUs wanted, with 6 GiB each; at most 25 % in a pool, 60 % left without any region",
                "USD for a useful hour");
        line(plot, "exact", wanted, 1);
        line(plot, "greedy", wanted, 2);
        line(plot, "former balanced (breaks the spread)", wanted, 3);
        plot.write(Path.of("../../docs/img/plan-cost.svg"));
    }

    private static void line(LinePlot plot, String name, List<double[]> rows, int column) {
        var known = rows.stream().filter(row -> !Double.isNaN(row[column])).toList();
        if (!known.isEmpty()) {
            plot.line(
                    name,
                    known.stream().mapToDouble(row -> row[0]).toArray(),
                    known.stream().mapToDouble(row -> row[column]).toArray());
        }
    }

    private static ScenarioResource scenario(Decide.Answer answer) {
        return answer.resource().scenarios().stream()
                .filter(scenario -> scenario.strategy() == Strategy.BALANCED)
                .findFirst()
                .orElseThrow();
    }

    private static String times(String name, List<Long> nanos) {
        return nanos.isEmpty()
                ? ""
                : "| " + name + " (" + nanos.size() + ") | " + milliseconds(percentile(nanos, 0.5)) + " | "
                        + milliseconds(percentile(nanos, 0.99)) + " | " + milliseconds(percentile(nanos, 1)) + " |\n";
    }

    private static long percentile(List<Long> values, double share) {
        var sorted = values.stream().mapToLong(Long::longValue).sorted().toArray();
        return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
    }

    private static String milliseconds(long nanos) {
        return String.format(Locale.ROOT, "%.1f ms", nanos / 1e6);
    }

    /** How each way fared on the requests that have a plan. */
    private final class Totals {

        private int count;
        private int feasible;
        private final Standing ours = new Standing();
        private final Standing rival = new Standing();
        private final Standing greedy = new Standing();
        private final Standing former = new Standing();
        private final Standing formerAny = new Standing();
        private final List<Long> feasibleTimes = new ArrayList<>();
        private final List<Long> infeasibleTimes = new ArrayList<>();
        private final List<Long> ojAlgoTimes = new ArrayList<>();

        void time(Decide.Answer answer, long nanos) {
            (answer.certificate().objective() == null ? infeasibleTimes : feasibleTimes).add(nanos);
        }

        void add(Decide.Answer answer, OptionalLong byRival, OptionalLong byGreed) {
            count++;
            var objective = answer.certificate().objective();
            var mine = objective == null ? OptionalLong.empty() : OptionalLong.of(objective);
            if (mine.isEmpty() && byRival.isEmpty()) {
                return;
            }
            feasible++;
            long cheapest = Math.min(mine.orElse(Long.MAX_VALUE), byRival.orElse(Long.MAX_VALUE));
            ours.add(mine, cheapest);
            rival.add(byRival, cheapest);
            greedy.add(byGreed, cheapest);
            former.add(keptBy(answer, List.of(Strategy.BALANCED)), cheapest);
            formerAny.add(keptBy(answer, Arrays.asList(Strategy.values())), cheapest);
        }

        private OptionalLong keptBy(Decide.Answer answer, List<Strategy> strategies) {
            return answer.resource().scenarios().stream()
                    .filter(scenario -> strategies.contains(scenario.strategy()))
                    .filter(scenario -> scenario.breaks().isEmpty() && scenario.plan() != null)
                    .mapToLong(scenario -> scenario.plan()
                            .perUsefulHour()
                            .amount()
                            .movePointRight(6)
                            .longValueExact())
                    .min();
        }

        void lines(String rivalName) {
            report.append(ours.line("exact (ours)", feasible));
            report.append(rival.line(rivalName, feasible));
            report.append(greedy.line("greedy by price", feasible));
            report.append(former.line("former builder, balanced", feasible));
            report.append(formerAny.line("former builder, best of its three", feasible));
        }
    }

    private static final class Standing {

        private int answered;
        private int refused;
        private double sum;
        private double worst;

        void add(OptionalLong cost, long cheapest) {
            if (cost.isEmpty()) {
                refused++;
                return;
            }
            answered++;
            double ratio = cost.getAsLong() / (double) cheapest;
            sum += ratio;
            worst = Math.max(worst, ratio);
        }

        String line(String name, int feasible) {
            return String.format(
                    Locale.ROOT,
                    "| %s | %d of %d | %d | %.3f | %.3f |%n",
                    name,
                    answered,
                    feasible,
                    refused,
                    answered == 0 ? 0 : sum / answered,
                    worst);
        }
    }
}
