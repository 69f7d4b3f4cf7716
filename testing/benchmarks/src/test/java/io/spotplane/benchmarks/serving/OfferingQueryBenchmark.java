package io.spotplane.benchmarks.serving;

import static io.spotplane.testing.BackingService.KAFKA;
import static io.spotplane.testing.BackingService.POSTGRES;
import static io.spotplane.testing.BackingService.REDIS;
import static org.assertj.core.api.Assertions.assertThat;

import io.spotplane.testing.Infrastructure;
import io.spotplane.testing.KafkaServer;
import io.spotplane.testing.PostgresServer;
import io.spotplane.testing.RedisServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * The same questions over the same hundred thousand offerings, answered by our storefront, by PostgreSQL and by a scan, taking turns; and the real service under
 * an open-loop load of 200 questions a second: one is asked every 5 ms whether the last was answered or not, and its time counts from when it should have
 * been asked.
 */
@Infrastructure({POSTGRES, REDIS, KAFKA})
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OfferingQueryBenchmark {

    private static final int TURNS = 400;
    private static final int WARM = 200;
    private static final int RATE = 200;
    private static final Duration WARM_UP = Duration.ofSeconds(120);
    private static final Duration LOAD = Duration.ofSeconds(30);
    /** The collector of the deployment on Kubernetes. */
    private static final List<String> JVM = List.of("-Xmx512m", "-XX:+UseSerialGC");

    private static final List<String> TABLE = new ArrayList<>();

    @Test
    @Order(1)
    void compare(PostgresServer postgres) throws SQLException {
        var catalogue = Catalogue.load();
        var scan = new LinearScan(catalogue);
        var ours = new OurStorefront(catalogue);
        try (var database = new InPostgres(postgres, scan.rows())) {
            var ways = List.of(ours, database, scan);
            Question.all().forEach(question -> {
                var expected = scan.answer(question);
                ways.forEach(way -> assertThat(way.answer(question))
                        .as(way.name() + ": " + question.name())
                        .isEqualTo(expected));
            });
            TABLE.add("%,d offerings (%s), first page of %d; median and 99th percentile of %d each, in microseconds%n"
                    .formatted(scan.rows().size(), catalogue.origin(), Question.PAGE, TURNS));
            TABLE.add("| question | found | ours | PostgreSQL | scan | PostgreSQL / ours | scan / ours |");
            TABLE.add("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
            var totals = new double[ways.size()];
            for (var question : Question.all()) {
                var times = times(ways, question);
                for (int way = 0; way < totals.length; way++) {
                    totals[way] += times.get(way)[TURNS / 2];
                }
                TABLE.add(line(question.name(), scan.answer(question).size() + "", times));
            }
            TABLE.add("| **sum of medians** | | %.0f | %.0f | %.0f | **%.1fx** | **%.1fx** |%n"
                    .formatted(totals[0], totals[1], totals[2], totals[1] / totals[0], totals[2] / totals[0]));
        }
    }

    private static List<double[]> times(List<? extends Answering> ways, Question question) {
        var times = ways.stream().map(way -> new double[TURNS]).toList();
        for (int turn = -WARM; turn < TURNS; turn++) {
            for (int way = 0; way < ways.size(); way++) {
                var begun = System.nanoTime();
                ways.get(way).answer(question);
                times.get(way)[Math.max(0, turn)] = (System.nanoTime() - begun) / 1000.0;
            }
        }
        times.forEach(Arrays::sort);
        return times;
    }

    private static String line(String question, String found, List<double[]> times) {
        double ours = times.get(0)[TURNS / 2];
        return "| %s | %s | %s | %s | %s | %.1fx | %.1fx |"
                .formatted(
                        question,
                        found,
                        shown(times.get(0)),
                        shown(times.get(1)),
                        shown(times.get(2)),
                        times.get(1)[TURNS / 2] / ours,
                        times.get(2)[TURNS / 2] / ours);
    }

    private static String shown(double[] times) {
        return "%.0f / %.0f".formatted(times[TURNS / 2], times[TURNS * 99 / 100]);
    }

    @Test
    @Order(2)
    void serve(PostgresServer postgres, RedisServer redis, KafkaServer kafka) throws IOException, InterruptedException {
        try (var service = PricingProcess.start(postgres, redis, kafka, JVM)) {
            load(service, WARM_UP, false);
            TABLE.add("The service over HTTP with tokens, %d questions a second (open loop, %d s), %,d offerings%n"
                    .formatted(RATE, LOAD.toSeconds(), service.served()));
            TABLE.add("| | p50 | p99 | max |");
            TABLE.add("| --- | ---: | ---: | ---: |");
            var before = service.answeredWithin();
            TABLE.add(row("as its clients see it", load(service, LOAD, false)));
            TABLE.add(inService(before, service.answeredWithin()));
            before = service.answeredWithin();
            TABLE.add(row(
                    "as its clients see it, while 28,000 rows are repriced again and again",
                    load(service, LOAD, true)));
            TABLE.add(inService(before, service.answeredWithin()));
            TABLE.add("");
            TABLE.add("Resident memory of the service (-Xmx512m): %d MiB".formatted(service.residentMiB()));
        }
    }

    /** By the service's own timer, which knows steps. */
    private static String inService(SortedMap<Double, Double> before, SortedMap<Double, Double> after) {
        double all = after.get(Double.POSITIVE_INFINITY) - before.get(Double.POSITIVE_INFINITY);
        double within = after.get(0.005) - before.get(0.005);
        return "| in the service (%.2f %% within 5 ms) | at most %s | at most %s | at most %s |"
                .formatted(
                        100 * within / all,
                        step(before, after, 0.5 * all),
                        step(before, after, 0.99 * all),
                        step(before, after, all));
    }

    private static String step(SortedMap<Double, Double> before, SortedMap<Double, Double> after, double count) {
        return after.entrySet().stream()
                .filter(step -> step.getValue() - before.get(step.getKey()) >= count)
                .map(step -> "%.0f ms".formatted(1000 * step.getKey()))
                .findFirst()
                .orElse("?");
    }

    private static double[] load(PricingProcess service, Duration time, boolean refreshing)
            throws IOException, InterruptedException {
        var questions = Question.all();
        int count = (int) (time.toSeconds() * RATE);
        var answered = new ArrayList<CompletableFuture<Double>>();
        var begun = System.nanoTime();
        for (int at = 0; at < count; at++) {
            long due = begun + at * (1_000_000_000L / RATE);
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            if (refreshing && at % (5 * RATE) == RATE) {
                service.refreshSoon("azure");
            }
            answered.add(service.get("/v1/offerings?"
                            + questions.get(at % questions.size()).uri())
                    .thenApply(answer -> {
                        assertThat(answer.statusCode()).isEqualTo(200);
                        return (System.nanoTime() - due) / 1_000_000.0;
                    }));
        }
        CompletableFuture.allOf(answered.toArray(CompletableFuture[]::new))
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
        return answered.stream().mapToDouble(CompletableFuture::join).sorted().toArray();
    }

    private static String row(String name, double[] times) {
        return "| %s | %.2f ms | %.2f ms | %.1f ms |"
                .formatted(name, times[times.length / 2], times[times.length * 99 / 100], times[times.length - 1]);
    }

    @AfterAll
    static void publish() throws IOException {
        var table = String.join("\n", TABLE) + "\n";
        System.out.println(table);
        Files.writeString(Files.createDirectories(Path.of("target")).resolve("offering-query.md"), table);
    }
}
