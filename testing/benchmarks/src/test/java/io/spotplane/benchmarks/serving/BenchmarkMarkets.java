package io.spotplane.benchmarks.serving;

import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.pricing.PricingService;
import io.spotplane.providers.spi.MarketData;
import io.spotplane.providers.spi.MarketSweep;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.SpringApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The pricing service as it ships, in a process of its own, with two markets of the catalogue; the larger one reprices 28,000 rows a sweep. */
@Configuration(proxyBeanMethods = false)
class BenchmarkMarkets {

    static final int CHANGED = 28_000;

    public static void main(String[] arguments) {
        new SpringApplication(PricingService.class, BenchmarkMarkets.class).run(arguments);
    }

    private final Catalogue catalogue = Catalogue.load();

    @Bean
    MarketData azure() {
        return new Repricing("azure", catalogue.markets().get("azure"), CHANGED);
    }

    @Bean
    MarketData gcp() {
        return new Repricing("gcp", catalogue.markets().get("gcp"), 0);
    }

    /** The next sweep is made ready when the one before is long written down, so that making it costs no round anything. */
    private static final class Repricing implements MarketData {

        private final String provider;
        private final int changed;
        private final List<Offering> rows;
        private int sweeps;
        private volatile MarketSweep next;

        Repricing(String provider, List<Offering> rows, int changed) {
            this.provider = provider;
            this.rows = new ArrayList<>(rows);
            this.changed = changed;
            this.next = new MarketSweep(rows, List.of(), Instant.now());
        }

        @Override
        public String provider() {
            return provider;
        }

        @Override
        public Mono<MarketSweep> sweep() {
            return Mono.fromSupplier(() -> {
                var ready = next;
                Schedulers.boundedElastic().schedule(this::prepare, 4, TimeUnit.SECONDS);
                return new MarketSweep(ready.offerings(), List.of(), Instant.now());
            });
        }

        private synchronized void prepare() {
            for (int at = 0; at < changed; at++) {
                int row = (int) ((sweeps * (long) changed + at) % rows.size());
                rows.set(row, Catalogue.dearer(rows.get(row), 1));
            }
            sweeps++;
            next = new MarketSweep(rows, List.of(), Instant.now());
        }
    }
}
