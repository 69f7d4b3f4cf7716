package io.spotplane.inventory.collect;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import io.spotplane.inventory.InventorySettings.FanOut;
import io.spotplane.inventory.InventorySettings.Schedule;
import io.spotplane.inventory.agent.Agent;
import io.spotplane.inventory.agent.Calls;
import io.spotplane.inventory.agent.Findings;
import io.spotplane.inventory.snapshot.HostServers;
import io.spotplane.inventory.snapshot.Snapshot;
import io.spotplane.inventory.snapshot.Snapshots;
import io.spotplane.inventory.snapshot.Source;
import io.spotplane.providers.spi.HostInventory;
import io.spotplane.providers.spi.HostInventory.Hypervisor;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The servers of every host of a cloud, many hosts at a time. A host that does not answer is named and keeps what it last said; when none answers
 * the look has failed.
 */
final class ServersAgent implements Agent<HostServers> {

    private final HostInventory cloud;
    private final FanOut fanOut;
    private final Snapshots snapshots;
    private final Scheduler scheduler;

    ServersAgent(HostInventory cloud, FanOut fanOut, Snapshots snapshots, Scheduler scheduler) {
        this.cloud = cloud;
        this.fanOut = fanOut;
        this.snapshots = snapshots;
        this.scheduler = scheduler;
    }

    @Override
    public Source<HostServers> source() {
        return Source.serversOf(cloud.provider());
    }

    @Override
    public Schedule schedule() {
        return fanOut.schedule();
    }

    @Override
    public int concurrency() {
        return fanOut.concurrency();
    }

    @Override
    public Mono<Findings<HostServers>> look(Calls calls) {
        return Mono.zip(hosts(calls), lastSeen(), Itinerary::new).flatMap(itinerary -> visit(itinerary, calls));
    }

    private Mono<List<String>> hosts(Calls calls) {
        return snapshots
                .latest(Source.hypervisorsOf(cloud.provider()))
                .map(Snapshot::items)
                .switchIfEmpty(calls.time(cloud.hypervisors())) // before the first hypervisors' snapshot
                .map(hypervisors ->
                        hypervisors.stream().map(Hypervisor::host).distinct().toList());
    }

    private Mono<Map<String, HostServers>> lastSeen() {
        return snapshots
                .latest(source())
                .map(snapshot -> snapshot.items().stream().collect(toMap(HostServers::host, identity())))
                .defaultIfEmpty(Map.of());
    }

    private Mono<Findings<HostServers>> visit(Itinerary itinerary, Calls calls) {
        return Flux.fromIterable(itinerary.hosts())
                .flatMap(host -> visit(host, calls), fanOut.concurrency())
                .collectList()
                .flatMap(visits -> findings(visits, itinerary));
    }

    private Mono<Visit> visit(String host, Calls calls) {
        return calls.time(cloud.serversOn(host).collectList().timeout(fanOut.callTimeout(), scheduler))
                .map(servers -> Visit.answered(new HostServers(host, now(), servers)))
                .onErrorResume(fault -> Mono.just(Visit.silent(host, reason(fault))));
    }

    private static Mono<Findings<HostServers>> findings(List<Visit> visits, Itinerary itinerary) {
        var silent = visits.stream().filter(Visit::isSilent).collect(toMap(Visit::host, Visit::reason));
        if (!visits.isEmpty() && silent.size() == visits.size()) {
            return Mono.error(new NoHostAnswered(silent));
        }
        var seen =
                visits.stream().flatMap(visit -> itinerary.best(visit).stream()).toList();
        return Mono.just(new Findings<>(seen, servers(seen), silent, null));
    }

    private static int servers(Collection<HostServers> hosts) {
        return hosts.stream().mapToInt(host -> host.servers().size()).sum();
    }

    private Instant now() {
        return Instant.ofEpochMilli(scheduler.now(TimeUnit.MILLISECONDS));
    }

    private String reason(Throwable fault) {
        return fault instanceof TimeoutException
                ? "no answer within " + fanOut.callTimeout()
                : String.valueOf(fault.getMessage());
    }

    /** Where to go, and what was seen there last time. */
    private record Itinerary(List<String> hosts, Map<String, HostServers> lastSeen) {

        /** What the host says now, else what it last said; empty for a host that never answered. */
        Optional<HostServers> best(Visit visit) {
            return Optional.ofNullable(visit.answer() != null ? visit.answer() : lastSeen.get(visit.host()));
        }
    }

    /** One host's answer, or why there is none. */
    private record Visit(String host, @Nullable HostServers answer, String reason) {

        static Visit answered(HostServers answer) {
            return new Visit(answer.host(), answer, "");
        }

        static Visit silent(String host, String reason) {
            return new Visit(host, null, reason);
        }

        boolean isSilent() {
            return answer == null;
        }
    }

    /** No host of the cloud answered: the cloud's fault, not the hosts'. */
    private static final class NoHostAnswered extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NoHostAnswered(Map<String, String> silent) {
            super("none of %d hosts answered, the first: %s"
                    .formatted(silent.size(), silent.entrySet().iterator().next()));
        }
    }
}
