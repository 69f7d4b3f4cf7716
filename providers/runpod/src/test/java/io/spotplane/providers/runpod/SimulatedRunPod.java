package io.spotplane.providers.runpod;

import io.spotplane.providers.contract.Account;
import io.spotplane.providers.contract.FarSide;
import io.spotplane.providers.spi.InstanceInspector;
import io.spotplane.providers.spi.InstanceLauncher;
import io.spotplane.providers.spi.LaunchToken;
import io.spotplane.providers.spi.MarketData;
import io.spotplane.providers.spi.ProviderInstanceId;
import io.spotplane.providers.support.CallGuards;
import io.spotplane.providers.support.ProviderHttp;
import io.spotplane.providers.support.Secret;
import io.spotplane.simulator.ProviderSimulator;
import io.spotplane.simulator.SimulatorSettings;
import io.spotplane.simulator.behaviour.Behaviour;
import io.spotplane.simulator.behaviour.Provider;
import io.spotplane.simulator.behaviour.Rule;
import io.spotplane.simulator.ledger.LedgerLine;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.web.reactive.function.client.WebClient;

/** RunPod as the simulator plays it, and accounts that point to it. */
final class SimulatedRunPod implements FarSide, AutoCloseable {

    private static final String SECRET = "rpa_SIMULATED0123456789";
    private static final Duration CALL = Duration.ofSeconds(3);

    private final ProviderSimulator simulator = ProviderSimulator.start(SimulatorSettings.defaults());
    private final String launchOperation;

    private SimulatedRunPod(String launchOperation) {
        this.launchOperation = launchOperation;
        // The first call takes seconds on a busy machine, which no test means to measure.
        account(Duration.ofMinutes(1), simulator.baseUri().resolve("/runpod"))
                .marketData()
                .sweep()
                .block();
    }

    /** Trouble with launches is trouble with spot orders. */
    static SimulatedRunPod spot() {
        return new SimulatedRunPod("podRentInterruptable");
    }

    /** Trouble with launches is trouble with on-demand orders, which go by the other protocol. */
    static SimulatedRunPod onDemand() {
        return new SimulatedRunPod("POST /v2/pods");
    }

    Account account() {
        return new PodAccount(account(CALL, simulator.baseUri().resolve("/runpod")));
    }

    void setCredit(String dollars) {
        simulator.setCredit(new BigDecimal(dollars));
    }

    @Override
    public void trouble(Call call, Trouble trouble, int times) {
        simulator.misbehave(rule(operation(call), trouble).times(times));
    }

    @Override
    public void calm() {
        simulator.rules().clear();
    }

    @Override
    public long made(LaunchToken token) {
        return lines(token).count();
    }

    @Override
    public long alive(LaunchToken token) {
        return lines(token).filter(LedgerLine::live).count();
    }

    @Override
    public void reclaim(ProviderInstanceId machine, boolean notice) {
        simulator.reclaim(Provider.RUNPOD, machine.value(), notice, Duration.ZERO, 1);
    }

    @Override
    public ProviderInstanceId neverMade() {
        return new ProviderInstanceId("any", "never0made0pod");
    }

    @Override
    public String secret() {
        return SECRET;
    }

    @Override
    public void close() {
        simulator.close();
    }

    private Stream<LedgerLine> lines(LaunchToken token) {
        return simulator.ledger().stream().filter(line -> line.name().contains(token.value()));
    }

    private String operation(Call call) {
        return switch (call) {
            case LAUNCH -> launchOperation;
            case TERMINATE -> "DELETE /v2/pods/{id}";
            case LIST -> "GET /v2/pods";
            case SWEEP -> "gpuTypes";
            case NOTICES -> throw new IllegalArgumentException("RunPod announces nothing");
        };
    }

    private static Rule rule(String operation, Trouble trouble) {
        return switch (trouble) {
            case SOLD_OUT -> Rule.of(Provider.RUNPOD, operation, Behaviour.SELL_OUT);
            case ANSWER_LOST -> Rule.of(Provider.RUNPOD, operation, Behaviour.ACT_AND_DROP);
            case SILENCE -> Rule.of(Provider.RUNPOD, operation, Behaviour.HANG);
            case THROTTLED -> Rule.of(Provider.RUNPOD, operation, Behaviour.THROTTLE);
            case WEB_PAGE -> Rule.of(Provider.RUNPOD, operation, Behaviour.HTML);
            case FAILURE ->
                Rule.of(Provider.RUNPOD, operation, Behaviour.ERROR)
                        .refusing(500, "INTERNAL_SERVER_ERROR", "Something went wrong, " + SECRET);
        };
    }

    private static RunPodAccount account(Duration callTimeout, URI baseUrl) {
        var settings = new RunPodSettings(
                baseUrl,
                Secret.of(SECRET),
                List.of(RunPodTier.SECURE, RunPodTier.COMMUNITY),
                List.of(1, 2, 4, 8),
                "runpod/pytorch",
                40,
                callTimeout,
                Duration.ofSeconds(1));
        return RunPodAccount.of(
                settings, new ProviderHttp(WebClient.builder()), CallGuards.unmeasured(), InstantSource.system());
    }

    /** The adapter as an application has it. */
    private record PodAccount(RunPodAccount account) implements Account {

        @Override
        public InstanceLauncher launcher() {
            return account.launcher();
        }

        @Override
        public InstanceLauncher launcherWithoutFarSide() {
            return SimulatedRunPod.account(CALL, URI.create("http://127.0.0.1:1"))
                    .launcher();
        }

        @Override
        public InstanceInspector inspector() {
            return account.inspector();
        }

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
