package io.spotplane.simulator.ec2;

import io.spotplane.simulator.Timing;
import io.spotplane.simulator.behaviour.Conduct;
import io.spotplane.simulator.ledger.Books;
import io.spotplane.simulator.ledger.Ledger;
import io.spotplane.simulator.market.SpotMarket;
import io.spotplane.simulator.market.SpotMarket.Pool;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;

/** The account's instances, and the rules by which EC2 takes and refuses orders. */
public final class Ec2Cloud {

    private static final String NAME = "aws";
    private static final BigDecimal LEAST_MAX_PRICE = new BigDecimal("0.001");

    private static final Comparator<Ec2Instance> OLDEST_FIRST =
            Comparator.comparing((Ec2Instance instance) -> instance.createdAt).thenComparing(instance -> instance.id);

    private final InstantSource clock;
    private final SpotMarket market;
    private final Ledger ledger;
    private final Books books;
    private final EventBridge events;
    private final Timing timing;
    private final Random random;
    private final Map<String, Ec2Instance> instances = new ConcurrentHashMap<>();
    private final Map<String, Ec2Instance> byToken = new ConcurrentHashMap<>();

    public Ec2Cloud(
            InstantSource clock,
            SpotMarket market,
            Ledger ledger,
            Books books,
            EventBridge events,
            Timing timing,
            long seed) {
        this.clock = clock;
        this.market = market;
        this.ledger = ledger;
        this.books = books;
        this.events = events;
        this.timing = timing;
        this.random = new Random(seed);
        books.read(NAME, Owned.class)
                .ifPresent(owned -> owned.instances().forEach(entry -> own(new Ec2Instance(entry, timing))));
    }

    /** What is written down. */
    private record Owned(List<Ec2Instance.Entry> instances) {}

    private void own(Ec2Instance instance) {
        instances.put(instance.id, instance);
        if (!instance.order.clientToken().isEmpty()) {
            byToken.put(instance.order.region() + "/" + instance.order.clientToken(), instance);
        }
        ledger.add(instance);
    }

    private synchronized void writeDown() {
        books.write(
                NAME,
                new Owned(instances.values().stream()
                        .sorted(OLDEST_FIRST)
                        .map(Ec2Instance::entry)
                        .toList()));
    }

    /** RunInstances for one instance. The same client token and parameters answer with the same instance. */
    synchronized Ec2Instance run(Ec2Order order, Conduct conduct) {
        var known = order.clientToken().isEmpty() ? null : byToken.get(order.region() + "/" + order.clientToken());
        if (known != null) {
            return repeated(known, order);
        }
        var zone = zoneWithCapacity(order, conduct);
        var price = price(order, zone);
        if (conduct.silent()) {
            return make(order, zone, price);
        }
        var instance = make(order, zone, price);
        own(instance);
        writeDown();
        return instance;
    }

    private Ec2Instance repeated(Ec2Instance known, Ec2Order order) {
        if (!known.order.equals(order)) {
            throw Ec2Refusal.client(
                    "IdempotentParameterMismatch", "The client token was used with other parameters before");
        }
        if (known.state(clock.instant()) == Ec2Instance.State.TERMINATED) {
            throw Ec2Refusal.client("IdempotentInstanceTerminated", "The instance of this client token was terminated");
        }
        return known;
    }

    private String zoneWithCapacity(Ec2Order order, Conduct conduct) {
        var zones = order.zone() == null ? SpotMarket.zones(order.region()) : List.of(order.zone());
        return zones.stream()
                .filter(zone -> market.price(new Pool(order.region(), zone, order.instanceType()))
                                .isPresent()
                        || !order.spot())
                .filter(zone -> !conduct.soldOut(Map.of("zone", zone)))
                .findFirst()
                .orElseThrow(() -> new Ec2Refusal(
                        500,
                        "InsufficientInstanceCapacity",
                        "There is no Spot capacity available that matches your request."));
    }

    private BigDecimal price(Ec2Order order, String zone) {
        var type = market.type(order.instanceType()).orElseThrow();
        if (!order.spot()) {
            return type.onDemand();
        }
        var price = market.price(new Pool(order.region(), zone, order.instanceType()))
                .orElseThrow();
        if (order.maxPrice() != null && order.maxPrice().compareTo(LEAST_MAX_PRICE) <= 0) {
            throw Ec2Refusal.client("InvalidParameterValue", "MaxPrice must be greater than 0.001");
        }
        if (order.maxPrice() != null && order.maxPrice().compareTo(price) < 0) {
            throw Ec2Refusal.client(
                    "SpotMaxPriceTooLow",
                    "Your Spot request price of %s is lower than the minimum required Spot request fulfillment price of %s."
                            .formatted(order.maxPrice().toPlainString(), price.toPlainString()));
        }
        return price;
    }

    private Ec2Instance make(Ec2Order order, String zone, BigDecimal price) {
        return new Ec2Instance(
                newId(),
                order.spot() ? "sir-" + hex().substring(0, 8) : "",
                order,
                zone,
                price,
                clock.instant(),
                timing);
    }

    /** After a restart the same seed tells the same numbers again. */
    private String newId() {
        var id = "i-" + hex();
        return instances.containsKey(id) ? newId() : id;
    }

    private String hex() {
        var bytes = new byte[9];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes).substring(0, 17);
    }

    /** What a region shows now, oldest first; ended instances for an hour. */
    List<Ec2Instance> visible(String region) {
        var now = clock.instant();
        return instances.values().stream()
                .filter(instance -> instance.order.region().equals(region) && instance.visible(now))
                .filter(instance -> instance.state(now) != Ec2Instance.State.TERMINATED
                        || now.isBefore(instance.createdAt.plus(Duration.ofHours(1))))
                .sorted(OLDEST_FIRST)
                .toList();
    }

    /** An instance of a region; it may be too young to be shown. */
    Optional<Ec2Instance> find(String region, String id) {
        return Optional.ofNullable(instances.get(id))
                .filter(instance -> instance.order.region().equals(region));
    }

    void terminate(Ec2Instance instance, Instant now) {
        instance.terminate(now);
        writeDown();
    }

    /**
     * The provider takes an instance back.
     *
     * @param notice whether it warns {@code lead} before; else the instance goes at once
     * @param copies how often the warning is pushed
     */
    public void reclaim(String id, boolean notice, Duration lead, int copies) {
        var instance = Optional.ofNullable(instances.get(id))
                .orElseThrow(() -> new IllegalArgumentException("no instance '" + id + "' at aws"));
        Instant now = clock.instant();
        if (!notice) {
            instance.reclaimNow(now);
            writeDown();
            return;
        }
        instance.announceReclaim(now, now.plus(lead));
        writeDown();
        events.warn(instance, now, copies);
    }

    /** Forgets everything. */
    public synchronized void clear() {
        instances.clear();
        byToken.clear();
        writeDown();
    }
}
