package io.spotplane.simulator.rackspace;

import io.spotplane.simulator.market.InstanceType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Every server class with its auction, and what the same machine costs at the neighbour's. */
public final class RackspaceMarket {

    private static final String NEIGHBOURS_REGION = "us-east-1";
    /** What the description of the API shows for its one GPU class; EC2 has none like it. */
    private static final BigDecimal GPU_ON_DEMAND = new BigDecimal("0.80");

    private final Map<String, ServerClass> classes = new LinkedHashMap<>();
    private final Map<String, Auction> auctions = new LinkedHashMap<>();
    private final List<InstanceType> neighbours;
    private final AtomicLong orders = new AtomicLong();

    public RackspaceMarket(Collection<InstanceType> neighbours, long seed) {
        this.neighbours = neighbours.stream()
                .filter(type -> type.gpuName().isEmpty()
                        && type.meanSpot(NEIGHBOURS_REGION).isPresent())
                .toList();
        ServerClass.facts().forEach(serverClass -> {
            classes.put(serverClass.name(), serverClass);
            auctions.put(serverClass.name(), new Auction(serverClass, seed));
        });
    }

    /** From {@code now} on the class's outside bidders all bid {@code bid}. */
    public void setPrice(String region, String name, BigDecimal bid, Instant now) {
        var serverClass = Optional.ofNullable(classes.get(name))
                .filter(known -> known.region().equals(region))
                .orElseThrow(() -> new IllegalArgumentException("no server class " + name + " in " + region));
        auction(serverClass).hold(bid, now);
        orders.incrementAndGet();
    }

    /** Back to the bidders that the seed brings. */
    public void clear() {
        auctions.values().forEach(Auction::release);
        orders.incrementAndGet();
    }

    List<ServerClass> classes() {
        return List.copyOf(classes.values());
    }

    Optional<ServerClass> serverClass(String name) {
        return Optional.ofNullable(classes.get(name));
    }

    Auction auction(ServerClass serverClass) {
        return Optional.ofNullable(auctions.get(serverClass.name())).orElseThrow();
    }

    /** Differs whenever prices may. */
    String version(Instant now) {
        return Long.toHexString(lastChange(now).getEpochSecond()) + "-" + orders.get();
    }

    /** When the youngest price of all came to be. */
    Instant lastChange(Instant now) {
        return auctions.values().stream()
                .map(auction -> auction.lastRound(now))
                .max(Comparator.naturalOrder())
                .orElse(now);
    }

    /** EC2's type that is most like it, with its mean spot price. */
    Optional<Neighbour> neighbour(ServerClass serverClass) {
        return neighbours.stream()
                .min(Comparator.comparingInt(
                                (InstanceType type) -> Math.abs(type.vcpus() - Integer.parseInt(serverClass.cpu())))
                        .thenComparingDouble(type -> Math.abs(type.memoryMib() / 1024.0 - serverClass.gigabytes()))
                        .thenComparing(InstanceType::name))
                .map(type -> new Neighbour(
                        type.name(),
                        type.meanSpot(NEIGHBOURS_REGION).orElseThrow().setScale(3, RoundingMode.HALF_UP)));
    }

    /** Hyperscalers' average, which is what on demand costs here. */
    BigDecimal onDemand(ServerClass serverClass) {
        return serverClass.hasGpu()
                ? GPU_ON_DEMAND
                : neighbour(serverClass).map(Neighbour::price).orElseThrow();
    }

    record Neighbour(String type, BigDecimal price) {}
}
