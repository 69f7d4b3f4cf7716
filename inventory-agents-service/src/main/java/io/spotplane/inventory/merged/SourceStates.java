package io.spotplane.inventory.merged;

import io.spotplane.inventory.snapshot.Snapshot;
import io.spotplane.inventory.snapshot.Source;
import io.spotplane.inventory.snapshot.Source.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All sources at one moment, in the order of the settings. */
public record SourceStates(List<SourceState<?>> all) {
    public SourceStates {
        all = List.copyOf(all);
    }

    /** The last good snapshot of {@code source}; empty when there is none. */
    @SuppressWarnings("unchecked") // a state's snapshot is of the state's source
    public <T> Optional<Snapshot<T>> snapshot(Source<T> source) {
        return all.stream()
                .filter(state -> state.source().equals(source))
                .findFirst()
                .map(state -> (Snapshot<T>) state.snapshot());
    }

    /** Providers that have a source of this kind. */
    public Stream<String> providersOf(Kind kind) {
        return all.stream()
                .map(SourceState::source)
                .filter(source -> source.kind() == kind)
                .map(Source::provider);
    }

    /** What callers are told at {@code now}. */
    public List<SourceStatus> statuses(Instant now) {
        return all.stream().map(state -> state.status(now)).toList();
    }

    /**
     * Whether the merged view says as much as it can: nothing that was seen once is missing, and nothing is missing merely because its first look
     * has not ended. GPU use is settled with the servers it is derived from.
     */
    public boolean settled() {
        return all.stream().allMatch(this::settled);
    }

    private boolean settled(SourceState<?> state) {
        var source = state.source();
        return source.kind() == Kind.GPU_USE
                ? state.snapshot() != null
                        || snapshot(Source.serversOf(source.provider())).isEmpty()
                : state.settled();
    }
}
