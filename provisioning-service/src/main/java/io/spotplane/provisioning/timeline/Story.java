package io.spotplane.provisioning.timeline;

import io.spotplane.contracts.vocabulary.InstancePhase;
import io.spotplane.provisioning.instance.Booting;
import io.spotplane.provisioning.instance.Draining;
import io.spotplane.provisioning.instance.Failed;
import io.spotplane.provisioning.instance.Instance;
import io.spotplane.provisioning.instance.Intended;
import io.spotplane.provisioning.instance.Launching;
import io.spotplane.provisioning.instance.Lost;
import io.spotplane.provisioning.instance.Ready;
import io.spotplane.provisioning.instance.Terminated;
import io.spotplane.provisioning.instance.Terminating;
import io.spotplane.provisioning.timeline.TimelineEntry.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Tells what happened to an instance from how it stood before and how it stands now, so that no transition goes untold. */
public final class Story {

    private Story() {}

    /** What is to be told; {@code before} is null for an instance that is new. */
    public static List<TimelineEntry> of(@Nullable Instance before, Instance after, Instant now) {
        var entries = new ArrayList<TimelineEntry>();
        if (after.notice() != null && (before == null || before.notice() == null)) {
            entries.add(noticed(after, now));
        }
        if (before == null || before.state().phase() != after.state().phase()) {
            entries.add(moved(after, now));
        }
        if (after.replaces() != null && before != null && after.ready() && !before.ready()) {
            entries.add(entry(after, now, Kind.REPLACED, "Replacement ready", "It stands in for " + after.replaces()));
        }
        return entries;
    }

    private static TimelineEntry noticed(Instance instance, Instant now) {
        var notice = Objects.requireNonNull(instance.notice());
        var detail = notice.deadline() == null
                ? "Found gone by " + notice.source()
                : "Learnt by " + notice.source() + "; it goes at " + notice.deadline();
        return entry(instance, now, Kind.NOTICED, "The provider takes the machine back", detail);
    }

    private static TimelineEntry moved(Instance instance, Instant now) {
        var machine = instance.order().offering();
        return switch (instance.state()) {
            case Intended _ ->
                entry(
                        instance,
                        now,
                        Kind.INTENDED,
                        "Chose " + machine.instanceType() + " of " + machine.provider(),
                        machine.id() + " at " + machine.billedPrice() + ", at most "
                                + instance.order().bid());
            case Launching state ->
                entry(instance, now, Kind.LAUNCHED, "Ordered", "The provider accepted and named it " + state.machine());
            case Booting state ->
                entry(instance, now, Kind.RUNNING, "Seen running", state.machine() + " is in the list");
            case Ready state -> entry(instance, now, Kind.READY, "Ready", state.machine() + " was proved reachable");
            case Draining state -> entry(instance, now, Kind.DRAINING, "Draining", state.message());
            case Terminating state -> entry(instance, now, Kind.TERMINATING, "Ending it", state.message());
            case Terminated _ ->
                entry(instance, now, Kind.GONE, "Proved gone", "Two lists, the visibility window apart, lack it");
            case Failed state -> entry(instance, now, Kind.REFUSED, "Not launched: " + state.reason(), state.message());
            case Lost state -> entry(instance, now, Kind.LOST, "Lost: " + state.reason(), state.message());
        };
    }

    private static TimelineEntry entry(Instance instance, Instant now, Kind kind, String title, String detail) {
        var cost = instance.state().phase() == InstancePhase.INTENDED ? null : instance.cost(now);
        return new TimelineEntry(now, kind, instance.id(), title, detail, instance.provider(), cost);
    }
}
