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
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * 28,000 of the prices of a market change: how long a whole round takes, from the sweep's result to PostgreSQL (state, history, outbox), memory, Redis and the
 * lease given back. The real service in a process of its own, real servers, the real path.
 */
@Infrastructure({POSTGRES, REDIS, KAFKA})
class RefreshBenchmark {

    private static final int ROUNDS = 10;
    private static final int WARM = 4;

    @Test
    void measure(PostgresServer postgres, RedisServer redis, KafkaServer kafka)
            throws IOException, InterruptedException {
        try (var service = PricingProcess.start(postgres, redis, kafka, List.of("-Xmx512m"))) {
            var rounds = new ArrayList<Double>();
            for (int round = 0; round < ROUNDS; round++) {
                rounds.add(round(service));
            }
            publish(rounds.subList(WARM, ROUNDS), rounds.getFirst(), service);
        }
    }

    private static double round(PricingProcess service) throws IOException, InterruptedException {
        TimeUnit.SECONDS.sleep(6); // the outbox is measured every five seconds
        while (service.measure("spotplane_outbox_pending") > 0) {
            TimeUnit.SECONDS.sleep(1);
        }
        var count = believed(service, "count");
        var sum = believed(service, "sum");
        while (service.refresh("azure") != 202) {
            TimeUnit.MILLISECONDS.sleep(500);
        }
        while (believed(service, "count") == count) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        var took = believed(service, "sum") - sum;
        System.out.printf("round %.0f ms%n", took * 1000);
        return took;
    }

    private static double believed(PricingProcess service, String what) throws IOException, InterruptedException {
        return service.measure("spotplane_market_sweep_seconds_" + what, "azure", "believed");
    }

    private static void publish(List<Double> rounds, double first, PricingProcess service)
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
                        service.residentMiB());
        System.out.println(table);
        Files.writeString(Files.createDirectories(Path.of("target")).resolve("refresh.md"), table);
    }
}
