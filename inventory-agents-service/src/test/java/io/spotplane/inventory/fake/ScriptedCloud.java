package io.spotplane.inventory.fake;

import io.spotplane.providers.spi.HostInventory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** A cloud that answers as told: at once, late, wrongly or never. Remembers how it was asked. */
public final class ScriptedCloud implements HostInventory {

    private final String name;
    private final Scheduler clock;
    private final Map<String, List<HostedServer>> servers = new ConcurrentSkipListMap<>();
    private final Map<String, HostAggregate> aggregates = new ConcurrentSkipListMap<>();
    private final Map<String, Mono<Void>> moods = new ConcurrentHashMap<>();
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger mostUnderWay = new AtomicInteger();
    private final List<String> asked = new CopyOnWriteArrayList<>();

    public ScriptedCloud(String name, Scheduler clock) {
        this.name = name;
        this.clock = clock;
    }

    /** {@code count} hosts named {@code host-1} … in an aggregate {@code H100-n3-spot}, each with one server that holds {@code gpus} GPUs. */
    public static ScriptedCloud of(int count, int gpus, Scheduler clock) {
        var cloud = new ScriptedCloud("ca1", clock);
        cloud.be(count, gpus);
        return cloud;
    }

    /** From now on well, with hosts as in {@link #of}. */
    public void be(int count, int gpus) {
        moods.clear();
        servers.clear();
        var hosts = IntStream.rangeClosed(1, count).mapToObj(n -> "host-" + n).toList();
        hosts.forEach(host -> hosts(host, server(host, gpus)));
        aggregate("1", "H100-n3-spot", hosts);
    }

    public static HostedServer server(String host, int gpus) {
        var flavor = gpus == 0 ? "m1.large" : "n3-H100x" + gpus + "-spot";
        return new HostedServer(
                "vm-on-" + host,
                "vm",
                host,
                "ACTIVE",
                "project",
                flavor,
                gpus == 0 ? null : "H100",
                gpus,
                Instant.EPOCH);
    }

    public void hosts(String host, HostedServer... on) {
        servers.put(host, List.of(on));
    }

    public void removeHost(String host) {
        servers.remove(host);
    }

    public void aggregate(String id, String aggregate, List<String> hosts) {
        aggregates.put(id, new HostAggregate(id, aggregate, null, hosts, Map.of()));
    }

    /** From now on {@code what} ({@code hypervisors}, {@code aggregates}, or a host's name) takes so long. */
    public void slow(String what, Duration time) {
        moods.put(what, Mono.delay(time, clock).then());
    }

    public void hang(String what) {
        moods.put(what, Mono.never());
    }

    public void fail(String what, String reason) {
        moods.put(what, Mono.error(new IllegalStateException(reason)));
    }

    public void recover(String what) {
        moods.remove(what);
    }

    /** The most calls that were ever under way at one time. */
    public int mostUnderWay() {
        return mostUnderWay.get();
    }

    /** How often {@code what} was asked. */
    public long timesAsked(String what) {
        return asked.stream().filter(what::equals).count();
    }

    @Override
    public String provider() {
        return name;
    }

    @Override
    public Mono<List<HostAggregate>> aggregates() {
        return answer("aggregates", Mono.fromSupplier(() -> List.copyOf(aggregates.values())));
    }

    @Override
    public Mono<List<Hypervisor>> hypervisors() {
        return answer(
                "hypervisors",
                Mono.fromSupplier(() -> servers.keySet().stream()
                        .map(host -> new Hypervisor("id-" + host, host, "up", "enabled", null, 192, 1_800_000, 1))
                        .toList()));
    }

    @Override
    public Flux<HostedServer> serversOn(String host) {
        return answer(host, Mono.fromSupplier(() -> servers.getOrDefault(host, List.of())))
                .flatMapIterable(list -> list);
    }

    private <T> Mono<T> answer(String what, Mono<T> answer) {
        return Mono.defer(() -> {
            asked.add(what);
            mostUnderWay.accumulateAndGet(underWay.incrementAndGet(), Math::max);
            return moods.getOrDefault(what, Mono.empty())
                    .then(answer)
                    .doOnTerminate(underWay::decrementAndGet)
                    .doOnCancel(underWay::decrementAndGet);
        });
    }
}
