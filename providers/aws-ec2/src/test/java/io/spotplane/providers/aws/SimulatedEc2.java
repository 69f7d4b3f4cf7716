package io.spotplane.providers.aws;

import io.spotplane.providers.contract.Account;
import io.spotplane.providers.contract.FarSide;
import io.spotplane.providers.spi.InstanceInspector;
import io.spotplane.providers.spi.InstanceLauncher;
import io.spotplane.providers.spi.InterruptionFeed;
import io.spotplane.providers.spi.LaunchToken;
import io.spotplane.providers.spi.MarketData;
import io.spotplane.providers.spi.ProviderInstanceId;
import io.spotplane.providers.support.CallGuards;
import io.spotplane.providers.support.Secret;
import io.spotplane.simulator.ProviderSimulator;
import io.spotplane.simulator.SimulatorSettings;
import io.spotplane.simulator.behaviour.Behaviour;
import io.spotplane.simulator.behaviour.Provider;
import io.spotplane.simulator.behaviour.Rule;
import io.spotplane.simulator.ledger.LedgerLine;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** EC2 as the simulator plays it, and accounts that point to it. */
final class SimulatedEc2 implements FarSide, AutoCloseable {

    private static final String SECRET = "wJalrXUtnFEMI-K7MDENG-simulated";
    private static final Duration CALL = Duration.ofSeconds(3);

    private final ProviderSimulator simulator = ProviderSimulator.start(SimulatorSettings.defaults());
    private final List<AwsRegions> opened = new ArrayList<>();

    SimulatedEc2() {
        // The SDK's first call takes seconds on a busy machine, which no test means to measure.
        open(settings(1000, Duration.ofMinutes(1), simulator.baseUri()))
                .market()
                .sweep()
                .block();
    }

    /** An account with pages of 1000. */
    Ec2Account account() {
        return account(1000);
    }

    /** An account with pages of this size. */
    Ec2Account account(int pageSize) {
        return open(settings(pageSize, CALL, simulator.baseUri()));
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
        simulator.reclaim(Provider.AWS, machine.value(), notice, Duration.ofMinutes(2), 1);
    }

    @Override
    public ProviderInstanceId neverMade() {
        return new ProviderInstanceId("us-east-1", "i-00000000000000000");
    }

    @Override
    public String secret() {
        return SECRET;
    }

    @Override
    public void close() {
        opened.forEach(AwsRegions::close);
        simulator.close();
    }

    private Stream<LedgerLine> lines(LaunchToken token) {
        return simulator.ledger().stream().filter(line -> line.clientToken().equals(token.value()));
    }

    private static String operation(Call call) {
        return switch (call) {
            case LAUNCH -> "RunInstances";
            case TERMINATE -> "TerminateInstances";
            case LIST -> "DescribeInstances";
            case SWEEP -> "DescribeSpotPriceHistory";
            case NOTICES -> "DescribeSpotInstanceRequests";
        };
    }

    private static Rule rule(String operation, Trouble trouble) {
        return switch (trouble) {
            case SOLD_OUT -> Rule.of(Provider.AWS, operation, Behaviour.SELL_OUT);
            case ANSWER_LOST -> Rule.of(Provider.AWS, operation, Behaviour.ACT_AND_DROP);
            case SILENCE -> Rule.of(Provider.AWS, operation, Behaviour.HANG);
            case THROTTLED -> Rule.of(Provider.AWS, operation, Behaviour.THROTTLE);
            case WEB_PAGE -> Rule.of(Provider.AWS, operation, Behaviour.HTML);
            case FAILURE ->
                Rule.of(Provider.AWS, operation, Behaviour.ERROR)
                        .refusing(500, "InternalError", "An internal error has occurred, " + SECRET);
        };
    }

    private Ec2Account open(AwsSettings settings) {
        var regions = new AwsRegions(settings, CallGuards.unmeasured(), InstantSource.system());
        opened.add(regions);
        return new Ec2Account(regions, settings, this);
    }

    private static AwsSettings settings(int pageSize, Duration callTimeout, URI endpoint) {
        return new AwsSettings(
                List.of("us-east-1", "us-west-2"),
                endpoint,
                "AKIASIMULATED",
                Secret.of(SECRET),
                null,
                "ami-1",
                callTimeout,
                pageSize,
                2,
                Duration.ofHours(1),
                Duration.ofSeconds(1));
    }

    /** The adapter as an application has it. */
    record Ec2Account(AwsRegions regions, AwsSettings settings, SimulatedEc2 ec2) implements Account {

        @Override
        public InstanceLauncher launcher() {
            return new AwsLauncher(regions, settings);
        }

        @Override
        public InstanceLauncher launcherWithoutFarSide() {
            var nowhere = SimulatedEc2.settings(1000, CALL, URI.create("http://127.0.0.1:1"));
            return ec2.open(nowhere).launcher();
        }

        @Override
        public InstanceInspector inspector() {
            return new AwsInspector(regions, settings, InstantSource.system());
        }

        @Override
        public MarketData market() {
            return new AwsMarketData(
                    regions,
                    new AwsInstanceTypes(settings),
                    OnDemandPrices.carried(),
                    settings,
                    InstantSource.system());
        }

        InterruptionFeed feed() {
            return new AwsInterruptionFeed(regions, settings);
        }

        @Override
        public Duration callTimeout() {
            return settings.callTimeout();
        }
    }
}
