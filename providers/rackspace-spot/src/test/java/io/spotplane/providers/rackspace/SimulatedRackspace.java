package io.spotplane.providers.rackspace;

import io.spotplane.providers.contract.MarketAccount;
import io.spotplane.providers.contract.MarketSide;
import io.spotplane.providers.spi.AuctionHistory;
import io.spotplane.providers.spi.MarketData;
import io.spotplane.providers.support.CallGuards;
import io.spotplane.providers.support.ProviderHttp;
import io.spotplane.providers.support.Secret;
import io.spotplane.simulator.ProviderSimulator;
import io.spotplane.simulator.SimulatorSettings;
import io.spotplane.simulator.behaviour.Behaviour;
import io.spotplane.simulator.behaviour.Provider;
import io.spotplane.simulator.behaviour.Rule;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.client.WebClient;

/** Rackspace Spot as the simulator plays it, and adapters that point to it. */
final class SimulatedRackspace implements MarketSide, AutoCloseable {

    private static final String SECRET = "rt-SIMULATED0123456789";
    private static final Duration CALL = Duration.ofSeconds(3);

    private final ProviderSimulator simulator = ProviderSimulator.start(SimulatorSettings.defaults());
    private final @Nullable Secret refreshToken;
    private final String sweeping;

    private SimulatedRackspace(@Nullable Secret refreshToken, String sweeping) {
        this.refreshToken = refreshToken;
        this.sweeping = sweeping;
        // The first call takes seconds on a busy machine, which no test means to measure.
        account(Duration.ofMinutes(1)).marketData().sweep().block();
    }

    /** The public feed alone. */
    static SimulatedRackspace feedAlone() {
        return new SimulatedRackspace(null, "GET feed/percentiles.json");
    }

    /** With an account; trouble with sweeps is trouble with the API. */
    static SimulatedRackspace withAccount() {
        return new SimulatedRackspace(Secret.of(SECRET), "GET api/apis/ngpc.rxt.io/v1/serverclasses");
    }

    ProviderSimulator simulator() {
        return simulator;
    }

    MarketAccount account() {
        return new Market(account(CALL));
    }

    AuctionHistory auctions() {
        return account(CALL).auctionHistory();
    }

    RackspaceAccount account(Duration callTimeout) {
        var base = simulator.baseUri();
        var settings = new RackspaceSettings(
                true,
                base.resolve("/rackspace/feed"),
                base.resolve("/rackspace/api"),
                base.resolve("/rackspace/login"),
                "client",
                refreshToken,
                callTimeout);
        return RackspaceAccount.of(
                settings, new ProviderHttp(WebClient.builder()), CallGuards.unmeasured(), InstantSource.system());
    }

    @Override
    public void trouble(Call call, Trouble trouble, int times) {
        if (call != Call.SWEEP) {
            throw new IllegalArgumentException("nothing is bought here: " + call);
        }
        simulator.misbehave(rule(trouble).times(times));
    }

    private Rule rule(Trouble trouble) {
        return switch (trouble) {
            case SILENCE -> Rule.of(Provider.RACKSPACE, sweeping, Behaviour.HANG);
            case THROTTLED -> Rule.of(Provider.RACKSPACE, sweeping, Behaviour.THROTTLE);
            case WEB_PAGE -> Rule.of(Provider.RACKSPACE, sweeping, Behaviour.HTML);
            case FAILURE ->
                Rule.of(Provider.RACKSPACE, sweeping, Behaviour.ERROR)
                        .refusing(500, "InternalError", "Something went wrong, " + SECRET);
            case SOLD_OUT, ANSWER_LOST -> throw new IllegalArgumentException("no trouble of a market: " + trouble);
        };
    }

    @Override
    public void calm() {
        simulator.rules().clear();
    }

    @Override
    public String secret() {
        return refreshToken == null ? "no secret is known to the feed" : SECRET;
    }

    @Override
    public void close() {
        simulator.close();
    }

    private record Market(RackspaceAccount account) implements MarketAccount {
        @Override
        public MarketData market() {
            return account.marketData();
        }

        @Override
        public Duration callTimeout() {
            return CALL;
        }
    }
}
