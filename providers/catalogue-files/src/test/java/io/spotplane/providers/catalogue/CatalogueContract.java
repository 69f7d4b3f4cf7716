package io.spotplane.providers.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.providers.contract.MarketAccount;
import io.spotplane.providers.contract.MarketDataContract;
import io.spotplane.providers.contract.MarketSide;
import io.spotplane.providers.spi.MarketData;
import io.spotplane.providers.support.CallGuards;
import io.spotplane.providers.support.ProviderHttp;
import io.spotplane.simulator.ProviderSimulator;
import io.spotplane.simulator.SimulatorSettings;
import io.spotplane.simulator.behaviour.Behaviour;
import io.spotplane.simulator.behaviour.Provider;
import io.spotplane.simulator.behaviour.Rule;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.web.reactive.function.client.WebClient;

/** The SPI's laws, kept by a catalogue against a file server as the simulator plays it. */
class CatalogueContract {

    private static final Duration CALL = Duration.ofSeconds(3);

    @AutoClose
    private static final FileServer SERVER = new FileServer();

    @Nested
    class Selling extends MarketDataContract {

        @Override
        protected MarketAccount openAccount() {
            return SERVER.account(CALL);
        }

        @Override
        protected MarketSide farSide() {
            return SERVER;
        }

        @Override
        protected List<String> soldModels() {
            return List.of("L4", "A100-80GB", "A100-40GB", "H100-SXM", "RTX-PRO-6000");
        }
    }

    @Test
    void aPriceThatMovedIsSeenAndNothingElseIsReadAgain() {
        // Given
        var market = SERVER.account(CALL).market();
        var before = market.sweep().block().offerings();
        assertThat(market.sweep().block().offerings().getFirst()).isSameAs(before.getFirst());
        // When
        SERVER.simulator.setPrice(Provider.CATALOGUE, "g2-standard-4", "us-central1", new BigDecimal("0.1234"));
        // Then
        assertThat(market.sweep().block().offerings())
                .filteredOn(offer -> offer.id().equals("gcp:us-central1:-:g2-standard-4.x1:spot"))
                .extracting(Offering::price)
                .singleElement()
                .hasToString("0.1234 USD/h");
    }

    /** The simulator's price list, packed. */
    private static final class FileServer implements MarketSide, AutoCloseable {

        private final ProviderSimulator simulator = ProviderSimulator.start(SimulatorSettings.defaults());

        FileServer() {
            // The first call takes seconds on a busy machine, which no test means to measure.
            account(Duration.ofMinutes(1)).market().sweep().block();
        }

        MarketAccount account(Duration callTimeout) {
            var settings = new CatalogueSettings(
                    "gcp",
                    simulator.baseUri().resolve("/catalogue/gcp/vms.csv.gz").toString(),
                    "USD",
                    CatalogueSettings.Format.SKYPILOT,
                    callTimeout);
            return new Market(
                    CatalogueMarketData.of(
                            settings,
                            new ProviderHttp(WebClient.builder()),
                            CallGuards.unmeasured(),
                            InstantSource.system()),
                    callTimeout);
        }

        @Override
        public void trouble(Call call, Trouble trouble, int times) {
            simulator.misbehave(rule(trouble).times(times));
        }

        private static Rule rule(Trouble trouble) {
            return switch (trouble) {
                case SILENCE -> Rule.of(Provider.CATALOGUE, "*", Behaviour.HANG);
                case THROTTLED -> Rule.of(Provider.CATALOGUE, "*", Behaviour.THROTTLE);
                case WEB_PAGE -> Rule.of(Provider.CATALOGUE, "*", Behaviour.HTML);
                case FAILURE -> Rule.of(Provider.CATALOGUE, "*", Behaviour.ERROR);
                case SOLD_OUT, ANSWER_LOST -> throw new IllegalArgumentException("no trouble of a list: " + trouble);
            };
        }

        @Override
        public void calm() {
            simulator.rules().clear();
        }

        @Override
        public String secret() {
            return "lists have no secret";
        }

        @Override
        public void close() {
            simulator.close();
        }
    }

    private record Market(MarketData market, Duration callTimeout) implements MarketAccount {}
}
