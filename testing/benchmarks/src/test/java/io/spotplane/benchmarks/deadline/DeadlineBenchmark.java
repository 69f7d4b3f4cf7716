package io.spotplane.benchmarks.deadline;

import static org.assertj.core.api.Assertions.assertThat;

import io.spotplane.benchmarks.deadline.Field.Runner;
import io.spotplane.benchmarks.plot.LinePlot;
import io.spotplane.benchmarks.risk.SpotTraces;
import io.spotplane.pricing.deadline.Choice;
import io.spotplane.pricing.deadline.Clairvoyant;
import io.spotplane.pricing.deadline.Greedy;
import io.spotplane.pricing.deadline.PlanWork;
import io.spotplane.pricing.deadline.Policy;
import io.spotplane.pricing.deadline.PoolPast;
import io.spotplane.pricing.deadline.Recorded;
import io.spotplane.pricing.deadline.Replay;
import io.spotplane.pricing.deadline.Task;
import io.spotplane.pricing.deadline.UniformProgress;
import io.spotplane.pricing.trace.AvailabilityTrace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Work with a deadline on the public spot traces: ours beside greedy, Uniform Progress and the clairvoyant, in the same windows by the same rules. 48 hours of
 * work, 12 minutes a start, on demand three times the price of spot. Learns on the first third of each trace, or on all until the start of the run; runs in
 * the last two thirds, from 30 random starts in each zone. Every seed is printed.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DeadlineBenchmark {

    private static final String MAIN_SET = "availability/1-node/aws-02-15-2023";
    private static final int[] DEADLINES = {52, 60, 72, 92};
    private static final double RATIO = 3;
    private static final long SEED = 20261125;
    private static final int STARTS = 30;
    private static final int OTHER_STARTS = 10;

    /** As the service plans. */
    private static final long SERVED = 48_000_000;

    private static final List<Runner> ALL = List.of(Runner.values());
    private static final Path TABLE = Path.of("target/deadline.md");
    private static final Path PICTURES = Path.of("../../docs/img");

    private static List<SpotTraces.TraceSet> sets = List.of();

    @BeforeAll
    static void findTraces() throws IOException {
        var shared = SpotTraces.shared();
        Assumptions.assumeTrue(
                shared.isPresent(), "the public spot traces are not here; name their folder by -Dspotplane.shared");
        sets = SpotTraces.sets(shared.get());
        Files.createDirectories(TABLE.getParent());
        Files.writeString(TABLE, "");
    }

    private static Task task(int deadline) {
        return new Task(Duration.ofHours(48), Duration.ofHours(deadline), Duration.ofMinutes(12), Duration.ZERO);
    }

    private static List<AvailabilityTrace> mainSet() {
        return traces(sets.stream()
                .filter(set -> set.name().equals(MAIN_SET))
                .findFirst()
                .orElseThrow());
    }

    private static List<AvailabilityTrace> traces(SpotTraces.TraceSet set) {
        return set.pools().stream().map(SpotTraces.Recorded::trace).toList();
    }

    @Test
    @Order(1)
    void oneZone() throws IOException {
        var ofClairvoyant = new LinkedHashMap<Runner, double[]>();
        ALL.forEach(runner -> ofClairvoyant.put(runner, new double[DEADLINES.length]));
        for (int at = 0; at < DEADLINES.length; at++) {
            var runs = runOneZone(mainSet(), task(DEADLINES[at]), RATIO, STARTS, ALL);
            var standings = print(
                    "One zone, " + MAIN_SET,
                    DEADLINES[at],
                    RATIO,
                    runs,
                    ALL,
                    1,
                    mainSet().getFirst().tick());
            for (var standing : standings.entrySet()) {
                ofClairvoyant.get(standing.getKey())[at] = standing.getValue().ofClairvoyant();
            }
        }
        plot("deadline-ratio", "Cost beside the clairvoyant's: 48 h of work in one zone", ofClairvoyant);
    }

    @Test
    @Order(2)
    void freeToMove() throws IOException {
        var traces = mainSet();
        var ofClairvoyant = new LinkedHashMap<Runner, double[]>();
        var runners = List.of(
                Runner.GREEDY, Runner.UNIFORM_PROGRESS, Runner.OURS_FIRST_THIRD, Runner.OURS, Runner.CLAIRVOYANT);
        runners.forEach(runner -> ofClairvoyant.put(runner, new double[DEADLINES.length]));
        for (int at = 0; at < DEADLINES.length; at++) {
            var field = new Field(traces);
            var rates = Field.rates(traces.size(), RATIO);
            var runs = field.run(task(DEADLINES[at]), rates, STARTS, SEED, SERVED, runners);
            var standings = print(
                    "Free to move among " + traces.size() + " zones, " + MAIN_SET,
                    DEADLINES[at],
                    RATIO,
                    runs,
                    runners,
                    traces.size(),
                    field.tick());
            for (var standing : standings.entrySet()) {
                ofClairvoyant.get(standing.getKey())[at] = standing.getValue().ofClairvoyant();
            }
        }
        plot(
                "deadline-ratio-free",
                "Cost beside the clairvoyant's: 48 h of work, free to move among zones",
                ofClairvoyant);
    }

    @Test
    @Order(3)
    void otherPriceRatios() throws IOException {
        var runners = List.of(Runner.GREEDY, Runner.UNIFORM_PROGRESS, Runner.OURS_FIRST_THIRD, Runner.CLAIRVOYANT);
        for (double ratio : new double[] {1.5, 5, 10}) {
            var runs = runOneZone(mainSet(), task(60), ratio, STARTS, runners);
            print(
                    "One zone, other price ratio, " + MAIN_SET,
                    60,
                    ratio,
                    runs,
                    runners,
                    1,
                    mainSet().getFirst().tick());
        }
    }

    @Test
    @Order(4)
    void otherSets() throws IOException {
        var runners = List.of(
                Runner.GREEDY, Runner.UNIFORM_PROGRESS, Runner.OURS_FIRST_THIRD, Runner.OURS, Runner.CLAIRVOYANT);
        for (var set : sets) {
            if (!set.name().equals(MAIN_SET)) {
                for (int deadline : new int[] {52, 72}) {
                    var runs = runOneZone(traces(set), task(deadline), RATIO, OTHER_STARTS, runners);
                    if (!runs.isEmpty()) {
                        print(
                                "One zone, " + set.name(),
                                deadline,
                                RATIO,
                                runs,
                                runners,
                                1,
                                traces(set).getFirst().tick());
                    }
                }
            }
        }
    }

    @Test
    @Order(5)
    void decidesInMicroseconds() throws IOException {
        // Given
        var traces = List.of(mainSet().getFirst());
        var field = new Field(traces);
        long began = System.nanoTime();
        var planned = new PlanWork(SERVED).plan(task(72), Field.rates(1, RATIO), field.part(0, field.ticks() / 3));
        double plan = (System.nanoTime() - began) / 1e6;
        var policy = planned.asked(field.tick());
        var times = new ArrayList<Long>();
        Policy timed = now -> {
            long at = System.nanoTime();
            var choice = policy.choose(now);
            times.add(System.nanoTime() - at);
            return choice;
        };
        var job = task(72).in(field.tick());
        // When
        for (int start = field.ticks() / 3; start + job.deadline() < field.ticks(); start += 150) {
            new Replay(job, timed).on(new Recorded(List.of(PoolPast.of(up(traces.getFirst()))), start));
        }
        // Then
        var sorted = times.stream().sorted().toList();
        say(
                "%nOne plan (72 h, %s): %.0f ms. Decisions: %d, median %.2f µs, p99 %.2f µs.%n",
                planned.tick(),
                plan,
                sorted.size(),
                sorted.get(sorted.size() / 2) / 1e3,
                sorted.get(sorted.size() * 99 / 100) / 1e3);
        assertThat(sorted.get(sorted.size() * 99 / 100)).isLessThan(1_000_000L);
    }

    @Test
    @Order(6)
    void drawsOneRun() throws IOException {
        var trace = mainSet().stream()
                .filter(each -> each.name().contains("us-east-1c"))
                .findFirst()
                .orElse(mainSet().getFirst());
        var task = task(60);
        var job = task.in(trace.tick());
        var rates = Field.rates(1, RATIO);
        int start = trace.ticks() / 2;
        var weather = new Recorded(List.of(PoolPast.of(up(trace))), start);
        var learnt = new AvailabilityTrace(trace.name(), trace.tick(), Arrays.copyOf(trace.nodes(), start + 1));
        var policies = new LinkedHashMap<String, Policy>();
        policies.put("greedy", new Greedy(job));
        policies.put("Uniform Progress", new UniformProgress(job, false));
        policies.put(
                "ours", new PlanWork(SERVED).plan(task, rates, List.of(learnt)).asked(trace.tick()));
        policies.put("clairvoyant", new Clairvoyant(job, rates, weather));
        var plot = new LinePlot(
                "One run in " + trace.name() + ": work done, and what it cost", "hours", "hours of work done");
        policies.forEach((name, policy) -> {
            var outcome = new Replay(job, policy).on(weather);
            draw(
                    plot,
                    "%s (%.1f)"
                            .formatted(
                                    name, outcome.weight(rates) * trace.tick().toSeconds() / 3600),
                    outcome,
                    trace.tick());
        });
        plot.write(PICTURES.resolve("deadline-run.svg"));
    }

    private static void draw(LinePlot plot, String name, Replay.Outcome outcome, Duration tick) {
        double hours = tick.toSeconds() / 3600.0;
        var across = new ArrayList<Double>(List.of(0.0));
        var up = new ArrayList<Double>(List.of(0.0));
        for (var stretch : outcome.timeline()) {
            across.add((stretch.from() + stretch.startUp()) * hours);
            up.add(up.getLast());
            double done = stretch.held().kind() == Choice.Kind.IDLE ? 0 : stretch.ticks() - stretch.startUp();
            across.add((stretch.from() + stretch.ticks()) * hours);
            up.add(up.getLast() + done * hours);
        }
        plot.line(
                name,
                across.stream().mapToDouble(Double::doubleValue).toArray(),
                up.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private static boolean[] up(AvailabilityTrace trace) {
        var up = new boolean[trace.ticks()];
        for (int at = 0; at < up.length; at++) {
            up[at] = trace.up(at);
        }
        return up;
    }

    private static List<Map<Runner, Replay.Outcome>> runOneZone(
            List<AvailabilityTrace> traces, Task task, double ratio, int starts, List<Runner> runners) {
        var runs = new ArrayList<Map<Runner, Replay.Outcome>>();
        for (var trace : traces) {
            var field = new Field(List.of(trace));
            if (field.fits(task)) {
                runs.addAll(field.run(task, Field.rates(1, ratio), starts, SEED, SERVED, runners));
            }
        }
        return runs;
    }

    private static Map<Runner, Standing> print(
            String title,
            int deadline,
            double ratio,
            List<Map<Runner, Replay.Outcome>> runs,
            List<Runner> runners,
            int pools,
            Duration tick)
            throws IOException {
        var standings = new LinkedHashMap<Runner, Standing>();
        say(
                "%n%s: 48 h of work in %d h, 0.2 h a start, on demand %s × spot, %d runs, seed %d%n%n",
                title, deadline, ratio, runs.size(), SEED);
        say(
                "| policy | cost / clairvoyant | mean of ratios | cost / on demand | worst run / better peer | runs above 1.02 × better peer | starts | missed |%n");
        say("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |%n");
        for (var runner : runners) {
            var standing = Standing.of(
                    runner,
                    runs,
                    Field.rates(pools, ratio),
                    task(deadline).in(tick).work());
            standings.put(runner, standing);
            say(
                    "| %s | %.3f | %.3f | %.4f | %.3f | %.0f %% | %.1f | %d |%n",
                    runner.title,
                    standing.ofClairvoyant(),
                    standing.meanRatio(),
                    standing.ofOnDemand(),
                    standing.worst(),
                    100 * standing.over(),
                    standing.starts(),
                    standing.missed());
            assertThat(standing.missed()).as(runner.title).isZero();
        }
        return standings;
    }

    private static void say(String format, Object... values) throws IOException {
        var text = String.format(Locale.ROOT, format, values);
        System.out.print(text);
        Files.writeString(TABLE, text, java.nio.file.StandardOpenOption.APPEND);
    }

    private static void plot(String file, String title, Map<Runner, double[]> lines) throws IOException {
        var plot = new LinePlot(title, "deadline in hours", "cost / clairvoyant");
        var across = Arrays.stream(DEADLINES).asDoubleStream().toArray();
        for (var runner : List.of(Runner.GREEDY, Runner.UNIFORM_PROGRESS, Runner.OURS)) {
            plot.line(shortly(runner), across, lines.get(runner));
        }
        plot.write(PICTURES.resolve(file + ".svg"));
    }

    private static String shortly(Runner runner) {
        return runner.title.replaceFirst(",.*", "");
    }
}
