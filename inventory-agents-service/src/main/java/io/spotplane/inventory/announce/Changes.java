package io.spotplane.inventory.announce;

import io.spotplane.inventory.announce.Fact.Kind;
import io.spotplane.inventory.announce.Fact.Thing;
import io.spotplane.inventory.merged.InventoryView;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What differs between what was announced and what is seen now. */
final class Changes {

    private Changes() {}

    /**
     * The facts to announce, aggregates first. A thing has vanished when a believed snapshot of its cloud lacks it; without such a snapshot, or for a
     * cloud that the settings no longer have, nothing vanishes.
     *
     * @param announced thing to fingerprint
     * @param view what is seen now
     */
    static List<Fact> between(Map<Thing, String> announced, InventoryView view) {
        var seen = seen(view);
        var changed = seen.stream().filter(fact -> !fact.isAnnounced(announced));
        var vanished = vanished(announced.keySet(), things(seen), view);
        return Stream.concat(changed, vanished).toList();
    }

    private static List<Fact> seen(InventoryView view) {
        return Stream.concat(
                        view.aggregates().stream().map(aggregate -> Fact.of(aggregate.observed())),
                        view.hosts().stream().map(host -> Fact.of(host.observed())))
                .toList();
    }

    private static Set<Thing> things(List<Fact> facts) {
        return facts.stream().map(Fact::thing).collect(Collectors.toSet());
    }

    private static Stream<Fact> vanished(Set<Thing> announced, Set<Thing> seen, InventoryView view) {
        var judged = Map.of(Kind.HOST, view.cloudsWithHosts(), Kind.AGGREGATE, view.cloudsWithAggregates());
        return announced.stream()
                .filter(thing -> !seen.contains(thing))
                .filter(thing -> judged.getOrDefault(thing.kind(), Set.of()).contains(thing.cloud()))
                .map(thing -> Fact.vanished(thing, view.at()));
    }
}
