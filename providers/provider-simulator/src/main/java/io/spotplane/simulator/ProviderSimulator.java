package io.spotplane.simulator;

import io.spotplane.simulator.behaviour.CallLog;
import io.spotplane.simulator.behaviour.Latencies;
import io.spotplane.simulator.behaviour.Latency;
import io.spotplane.simulator.behaviour.Protocol;
import io.spotplane.simulator.behaviour.Provider;
import io.spotplane.simulator.behaviour.Rule;
import io.spotplane.simulator.behaviour.Rules;
import io.spotplane.simulator.behaviour.Stage;
import io.spotplane.simulator.catalogue.Catalogue;
import io.spotplane.simulator.catalogue.CatalogueProtocol;
import io.spotplane.simulator.control.ControlApi;
import io.spotplane.simulator.datacentre.DataCentre;
import io.spotplane.simulator.ec2.Ec2Cloud;
import io.spotplane.simulator.ec2.Ec2Protocol;
import io.spotplane.simulator.ec2.EventBridge;
import io.spotplane.simulator.ledger.Books;
import io.spotplane.simulator.ledger.Ledger;
import io.spotplane.simulator.ledger.LedgerLine;
import io.spotplane.simulator.market.Facts;
import io.spotplane.simulator.market.SpotMarket;
import io.spotplane.simulator.netbox.NetBoxProtocol;
import io.spotplane.simulator.openstack.OpenStack;
import io.spotplane.simulator.rackspace.RackspaceMarket;
import io.spotplane.simulator.rackspace.RackspaceProtocol;
import io.spotplane.simulator.runpod.PodCloud;
import io.spotplane.simulator.runpod.PodProtocol;
import io.spotplane.simulator.wire.HttpFront;
import io.spotplane.simulator.wire.Request;
import io.spotplane.simulator.wire.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** One running world of providers, with the hand behind the curtain as Java methods; {@link ControlApi} is the same over HTTP. */
public final class ProviderSimulator implements AutoCloseable {

    private final SimulatorSettings settings;
    private final World world = new World();
    private final Rules rules = new Rules();
    private final CallLog calls = new CallLog();
    private final Latencies latencies;
    private final Ledger ledger = new Ledger(world);
    private final EventBridge events = new EventBridge();
    private final SpotMarket market;
    private final DataCentre dataCentre;
    private final Ec2Cloud ec2;
    private final PodCloud pods;
    private final OpenStack openStack;
    private final RackspaceMarket rackspaceMarket;
    private final RackspaceProtocol rackspace;
    private final Catalogue catalogue;
    private final HttpFront front;

    private ProviderSimulator(SimulatorSettings settings) throws IOException {
        this.settings = settings;
        latencies = new Latencies(settings.seed());
        market = new SpotMarket(Facts.instanceTypes(), settings.seed(), world.instant());
        dataCentre = new DataCentre(settings.hosts(), settings.seed(), world.instant());
        var books = new Books(settings.books());
        ec2 = new Ec2Cloud(world, market, ledger, books, events, settings.timing(), settings.seed());
        pods = new PodCloud(world, ledger, books, settings.timing(), settings.seed(), settings.credit());
        openStack = new OpenStack("/nova/v2.1", dataCentre, world, settings.tokenLife());
        rackspaceMarket = new RackspaceMarket(market.types(), settings.seed());
        rackspace = new RackspaceProtocol("/rackspace", rackspaceMarket, world, settings.tokenLife());
        catalogue = new Catalogue(world.instant());
        front = HttpFront.listen("127.0.0.1", settings.port(), routes());
    }

    /** Starts a world; it listens when this returns. */
    public static ProviderSimulator start(SimulatorSettings settings) {
        try {
            return new ProviderSimulator(settings);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on 127.0.0.1:" + settings.port() + ": " + e.getMessage(), e);
        }
    }

    private LinkedHashMap<String, Function<Request, Optional<Response>>> routes() {
        var stage = new Stage(world, rules, latencies, calls);
        var routes = new LinkedHashMap<String, Function<Request, Optional<Response>>>();
        var ec2Front = on(stage, new Ec2Protocol(ec2, market, world));
        routes.put("/ec2", ec2Front);
        routes.put("/", ec2Front); // Amazon's client posts to the root, whatever path its endpoint has
        routes.put("/runpod", on(stage, new PodProtocol("/runpod", pods)));
        routes.put("/keystone", on(stage, openStack.keystone()));
        routes.put("/nova/v2.1", on(stage, openStack.nova()));
        routes.put("/netbox/api", on(stage, new NetBoxProtocol("/netbox/api", dataCentre)));
        routes.put("/rackspace", on(stage, rackspace));
        routes.put("/catalogue", on(stage, new CatalogueProtocol("/catalogue", catalogue)));
        routes.put("/_control", new ControlApi(this)::answer);
        return routes;
    }

    private static Function<Request, Optional<Response>> on(Stage stage, Protocol protocol) {
        return request -> stage.play(protocol, request);
    }

    /** {@code http://127.0.0.1:port}. */
    public URI baseUri() {
        return front.baseUri();
    }

    /** Rules that make calls misbehave. */
    public Rules rules() {
        return rules;
    }

    /** What was called. */
    public CallLog calls() {
        return calls;
    }

    /** Everything ever bought. */
    public List<LedgerLine> ledger() {
        return ledger.lines();
    }

    /** What was bought and lives. */
    public List<LedgerLine> living() {
        return ledger.lines().stream().filter(LedgerLine::live).toList();
    }

    /** The data centre behind Nova and NetBox. */
    public DataCentre dataCentre() {
        return dataCentre;
    }

    /** Puts a rule in force; its id. */
    public String misbehave(Rule rule) {
        return rules.add(rule);
    }

    /** Injects answer times. */
    public void slow(Provider provider, String operation, Latency latency) {
        latencies.set(provider, operation, latency);
    }

    /** Sets the RunPod account's balance. */
    public void setCredit(BigDecimal balance) {
        pods.setBalance(balance);
    }

    /**
     * The provider takes a machine back.
     *
     * @param notice whether EC2 warns {@code lead} before; RunPod never warns
     * @param copies how often the warning is pushed
     */
    public void reclaim(Provider provider, String instanceId, boolean notice, Duration lead, int copies) {
        switch (provider) {
            case AWS -> ec2.reclaim(instanceId, notice, lead, copies);
            case RUNPOD -> pods.reclaim(instanceId);
            case OPENSTACK, NETBOX, RACKSPACE, CATALOGUE ->
                throw new IllegalArgumentException(provider.id() + " sells nothing that it could take back");
        }
    }

    /** Where EventBridge pushes to. */
    public void eventTarget(URI url, String key) {
        events.target(new EventBridge.Target(url, key));
    }

    /**
     * Sets a spot price.
     *
     * @param place a region or zone of EC2; {@code secure} or {@code community} at RunPod; a region elsewhere
     * @param price at Rackspace Spot the bid of so many outsiders that it is the market price, on its ladder
     */
    public void setPrice(Provider provider, String instanceType, String place, BigDecimal price) {
        switch (provider) {
            case AWS -> market.set(place, instanceType, price, world.instant());
            case RUNPOD -> pods.setSpotPrice(instanceType, place.equals("secure"), price);
            case RACKSPACE -> rackspaceMarket.setPrice(place, instanceType, price, world.instant());
            case CATALOGUE -> catalogue.setPrice(place, instanceType, price, world.instant());
            case OPENSTACK, NETBOX -> throw new IllegalArgumentException(provider.id() + " has no prices");
        }
    }

    /** Voids every token of Keystone and of Rackspace Spot. */
    public void expireTokens() {
        rackspace.expireTokens();
        openStack.expireTokens();
    }

    /** The simulated time. */
    public Instant now() {
        return world.instant();
    }

    /** Moves the simulated time on. */
    public void advance(Duration by) {
        world.advance(by);
    }

    /** A new world but for EC2's and RunPod's prices and the data centre: no machines, no rules, no latency, full credit, wall clock. */
    public void reset() {
        rules.clear();
        latencies.clear();
        calls.clear();
        ledger.clear();
        ec2.clear();
        pods.clear(settings.credit());
        rackspaceMarket.clear();
        catalogue.clear();
        world.reset();
    }

    @Override
    public void close() {
        front.close();
        events.close();
    }
}
