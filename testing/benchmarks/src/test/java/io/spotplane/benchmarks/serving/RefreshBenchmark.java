package io.spotplane.benchmarks.serving;

import static io.spotplane.testing.BackingService.KAFKA;
import static io.spotplane.testing.BackingService.POSTGRES;
import static io.spotplane.testing.BackingService.REDIS;

import io.spotplane.testing.Infrastructure;
import io.spotplane.testing.KafkaServer;
import io.spotplane.testing.PostgresServer;
import io.spotplane.testing.RedisServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * 28,000 of the prices of a market change: how long a whole round takes, from the sweep's result to PostgreSQL (state, history, outbox), memory, Redis and the
 * lease given back. The real service in a process of its own, real servers, the real path.
 */
@Infrastructure({POSTGRES, REDIS, KAFKA})
class RefreshBenchmark {

    private static final int ROUNDS = 26;
    private static final int WARM = 15;

    @Test
    void measure(PostgresServer postgres, RedisServer redis, KafkaServer kafka)
            throws IOException, InterruptedException {
        try (var service = PricingProcess.start(postgres, redis, kafka, List.of("-Xmx512m", "-XX:+UseSerialGC"))) {
            var rounds = new ArrayList<Double>();
            var processors = new TreeMap<String, Double>();
            for (int round = 0; round < ROUNDS; round++) {
                var took = round(service, round < WARM ? new TreeMap<>() : processors);
                System.out.printf("round %.0f ms%n", took * 1000);
                rounds.add(took);
            }
            publish(rounds.subList(WARM, ROUNDS), rounds.getFirst(), processors, service);
        }
    }

    /** Adds to {@code processors} the seconds that each program ran meanwhile. */
    private static double round(PricingProcess service, Map<String, Double> processors)
            throws IOException, InterruptedException {
        TimeUnit.SECONDS.sleep(6); // the outbox is measured every five seconds
        while (service.measure("spotplane_outbox_pending") > 0) {
            TimeUnit.SECONDS.sleep(1);
        }
        var count = believed(service, "count");
        var sum = believed(service, "sum");
        var before = ProcessorTime.now();
        while (service.refresh("azure") != 202) {
            TimeUnit.MILLISECONDS.sleep(500);
        }
        while (believed(service, "count") == count) {
            TimeUnit.MILLISECONDS.sleep(500);
        }
        before.secondsUntil(ProcessorTime.now(), service.pid())
                .forEach((program, seconds) -> processors.merge(program, seconds, Double::sum));
        return believed(service, "sum") - sum;
    }

    private static double believed(PricingProcess service, String what) throws IOException, InterruptedException {
        return service.measure("spotplane_market_sweep_seconds_" + what, "azure", "believed");
    }

    private static void publish(
            List<Double> rounds, double first, Map<String, Double> processors, PricingProcess service)
            throws IOException, InterruptedException {
        var sorted = rounds.stream().sorted().toList();
        var table = """
                | 28,000 of %,d offerings repriced | time |
                | --- | ---: |
                | median of %d rounds | %.2f s |
                | slowest | %.2f s |
                | fastest | %.2f s |
                | first after the start | %.2f s |
                | resident memory of the service | %d MiB |
                """.formatted(
                                service.served(),
                                sorted.size(),
                                sorted.get(sorted.size() / 2),
                                sorted.getLast(),
                                sorted.getFirst(),
                                first,
                                service.residentMiB())
                + processors.entrySet().stream()
                        .filter(program -> program.getValue() / rounds.size() >= 0.05)
                        .map(program -> "| processors, a round: %s | %.2f s |%n"
                                .formatted(program.getKey(), program.getValue() / rounds.size()))
                        .collect(Collectors.joining());
        System.out.println(table);
        Files.writeString(Files.createDirectories(Path.of("target")).resolve("refresh.md"), table);
    }
}
