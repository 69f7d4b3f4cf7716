package io.spotplane.inventory.merged;

import io.spotplane.inventory.snapshot.Source;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Everything that is known at one moment.
 *
 * @param hosts ordered by id
 * @param aggregates ordered by id
 * @param sources what it was merged from
 * @param at when it was merged
 */
public record InventoryView(List<Host> hosts, List<Aggregate> aggregates, SourceStates sources, Instant at) {

    /** The host with this id. */
    public Optional<Host> host(String id) {
        return hosts.stream()
                .filter(host -> host.observed().hostId().equals(id))
                .findFirst();
    }

    /** Whether there are clouds and none was ever seen. */
    boolean nothingKnown() {
        return sources.providersOf(Source.Kind.HYPERVISORS).findAny().isPresent()
                && cloudsWithHosts().isEmpty();
    }

    /** Clouds whose hosts are known: their hypervisors were seen whole at least once. A host missing here has really vanished. */
    public Set<String> cloudsWithHosts() {
        return sources.providersOf(Source.Kind.HYPERVISORS)
                .filter(cloud -> sources.snapshot(Source.hypervisorsOf(cloud)).isPresent())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** As {@link #cloudsWithHosts()}, for aggregates. */
    public Set<String> cloudsWithAggregates() {
        return sources.providersOf(Source.Kind.AGGREGATES)
                .filter(cloud -> sources.snapshot(Source.aggregatesOf(cloud)).isPresent())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
