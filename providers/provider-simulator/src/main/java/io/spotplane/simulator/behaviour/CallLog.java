package io.spotplane.simulator.behaviour;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The latest calls, newest first, and how many came in all. A call with several operations counts for each. */
public final class CallLog {

    private static final int KEPT = 2_000;

    private final Deque<CallRecord> recent = new ArrayDeque<>();
    private final SortedMap<String, Long> counts = new TreeMap<>();

    synchronized void add(CallRecord call) {
        recent.addFirst(call);
        if (recent.size() > KEPT) {
            recent.removeLast();
        }
    }

    synchronized void count(Call call) {
        call.operations().forEach(operation -> counts.merge(call.provider().id() + "." + operation, 1L, Long::sum));
    }

    public synchronized List<CallRecord> recent() {
        return List.copyOf(recent);
    }

    /** Calls that arrived, by {@code provider.operation}, those without an answer included. */
    public synchronized SortedMap<String, Long> counts() {
        return new TreeMap<>(counts);
    }

    public synchronized void clear() {
        recent.clear();
        counts.clear();
    }
}
