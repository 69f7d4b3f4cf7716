package io.spotplane.simulator.runpod;

import io.spotplane.simulator.Timing;
import io.spotplane.simulator.behaviour.Conduct;
import io.spotplane.simulator.ledger.Books;
import io.spotplane.simulator.ledger.Ledger;
import io.spotplane.simulator.market.Facts;
import io.spotplane.simulator.market.PodGpu;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;

/** The account: its pods, its money, and what is on sale. Both interfaces act on this one. */
public final class PodCloud {

    private static final String NAME = "runpod";
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final BigDecimal SPEND_LIMIT = new BigDecimal("80");

    private final InstantSource clock;
    private final Ledger ledger;
    private final Books books;
    private final Timing timing;
    private final Random random;
    private final List<String> dataCentres = Facts.dataCentres();
    private final Map<String, PodGpu> gpus = Facts.podGpus();
    private final Map<String, PodGpu> repriced = new ConcurrentHashMap<>();
    private final Map<String, Pod> pods = new LinkedHashMap<>();
    private BigDecimal credit;

    public PodCloud(InstantSource clock, Ledger ledger, Books books, Timing timing, long seed, BigDecimal credit) {
        this.clock = clock;
        this.ledger = ledger;
        this.books = books;
        this.timing = timing;
        this.random = new Random(seed);
        this.credit = credit;
        books.read(NAME, Owned.class).ifPresent(this::resume);
    }

    /** What is written down. */
    private record Owned(BigDecimal credit, List<Pod.Entry> pods) {}

    private void resume(Owned owned) {
        credit = owned.credit();
        for (var entry : owned.pods()) {
            own(new Pod(entry, gpu(entry.order().gpuTypeId()).orElseThrow(), timing));
        }
    }

    private void own(Pod pod) {
        pods.put(pod.id, pod);
        ledger.add(pod);
    }

    private void writeDown() {
        books.write(
                NAME, new Owned(credit, pods.values().stream().map(Pod::entry).toList()));
    }

    List<PodGpu> gpus() {
        return gpus.keySet().stream().map(id -> gpu(id).orElseThrow()).toList();
    }

    Optional<PodGpu> gpu(String id) {
        return Optional.ofNullable(repriced.containsKey(id) ? repriced.get(id) : gpus.get(id));
    }

    synchronized Pod deploy(PodOrder order, Conduct conduct) {
        var gpu = gpu(order.gpuTypeId())
                .orElseThrow(() ->
                        new PodRefusal("BAD_USER_INPUT", 422, "gpuTypeId '" + order.gpuTypeId() + "' is not known"));
        var unit = unitPrice(order, gpu);
        var cost = unit.multiply(BigDecimal.valueOf(order.gpuCount()));
        if (balance().compareTo(cost) < 0) {
            throw PodRefusal.balanceTooLow();
        }
        if (conduct.soldOut(Map.of("zone", order.secureCloud() ? "secure" : "community"))) {
            throw PodRefusal.noCapacity(order.spot());
        }
        var pod = new Pod(
                newId(),
                order,
                gpu,
                dataCentres.get(random.nextInt(dataCentres.size())),
                cost,
                clock.instant(),
                timing);
        if (!conduct.silent()) {
            own(pod);
            writeDown();
        }
        return pod;
    }

    private static BigDecimal unitPrice(PodOrder order, PodGpu gpu) {
        if (order.gpuCount() < 1 || order.gpuCount() > gpu.most(order.secureCloud())) {
            throw PodRefusal.noCapacity(order.spot());
        }
        if (!order.spot()) {
            return gpu.onDemand(order.secureCloud()).orElseThrow(() -> PodRefusal.noCapacity(false));
        }
        var least = gpu.spot(order.secureCloud()).orElseThrow(() -> PodRefusal.noCapacity(true));
        var bid = Optional.ofNullable(order.bidPerGpu()).orElseThrow();
        if (bid.compareTo(least) < 0) {
            throw new PodRefusal(
                    "BAD_USER_INPUT",
                    400,
                    "Your bid of %s is lower than the minimum bid price of %s."
                            .formatted(bid.toPlainString(), least.toPlainString()));
        }
        return bid;
    }

    synchronized List<Pod> listed() {
        var now = clock.instant();
        stopWithoutMoney(now);
        return pods.values().stream()
                .filter(pod -> pod.listed(now))
                .sorted(Comparator.comparing((Pod pod) -> pod.createdAt))
                .toList();
    }

    synchronized Optional<Pod> find(String id) {
        return Optional.ofNullable(pods.get(id))
                .filter(pod -> !pod.status(clock.instant()).equals("TERMINATED"));
    }

    synchronized void terminate(String id) {
        find(id).orElseThrow(() -> new PodRefusal("NOT_FOUND", 404, "pod not found to terminate"))
                .end(clock.instant(), "user");
        writeDown();
    }

    /** What is left of the credit now. */
    public synchronized BigDecimal balance() {
        var now = clock.instant();
        return pods.values().stream().map(pod -> pod.costSoFar(now)).reduce(credit, BigDecimal::subtract);
    }

    BigDecimal spendPerHour() {
        return listed().stream()
                .filter(Pod::living)
                .map(pod -> pod.costPerHour)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    static BigDecimal spendLimit() {
        return SPEND_LIMIT;
    }

    /** Sets what is left now. */
    public synchronized void setBalance(BigDecimal balance) {
        credit = credit.add(balance.subtract(balance()));
        writeDown();
    }

    private void stopWithoutMoney(Instant now) {
        var living = pods.values().stream().filter(Pod::living).toList();
        if (!living.isEmpty() && balance().signum() <= 0) {
            living.forEach(pod -> pod.end(now, "balance"));
            writeDown();
        }
    }

    /** Takes a spot pod back. RunPod tells nobody: it is just EXITED. */
    public synchronized void reclaim(String id) {
        var pod = Optional.ofNullable(pods.get(id))
                .orElseThrow(() -> new IllegalArgumentException("no pod '" + id + "' at runpod"));
        pod.end(clock.instant(), "reclaim");
        writeDown();
    }

    /** Sets the least bid for one GPU of a type in a tier. */
    public void setSpotPrice(String gpuTypeId, boolean secureCloud, BigDecimal price) {
        var old = gpu(gpuTypeId)
                .orElseThrow(() -> new IllegalArgumentException("no GPU type '" + gpuTypeId + "' at runpod"));
        repriced.put(
                gpuTypeId,
                new PodGpu(
                        old.id(),
                        old.name(),
                        old.manufacturer(),
                        old.memoryGb(),
                        old.vcpus(),
                        old.ramGb(),
                        old.secure(),
                        secureCloud ? price : old.secureSpot(),
                        old.community(),
                        secureCloud ? old.communitySpot() : price,
                        old.maxSecure(),
                        old.maxCommunity(),
                        old.pool(),
                        old.stock()));
    }

    /** Forgets every pod and price set, and starts with this credit. */
    public synchronized void clear(BigDecimal newCredit) {
        pods.clear();
        repriced.clear();
        credit = newCredit;
        writeDown();
    }

    InstantSource clock() {
        return clock;
    }

    private String newId() {
        var id = new StringBuilder();
        for (int i = 0; i < 14; i++) {
            id.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        // After a restart the same seed tells the same letters again.
        return pods.containsKey(id.toString()) ? newId() : id.toString();
    }
}
