package io.spotplane.provisioning.holding;

import io.spotplane.outbox.NewEvent;
import io.spotplane.provisioning.instance.Instance;
import io.spotplane.provisioning.timeline.Story;
import io.spotplane.provisioning.timeline.TimelineEntry;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * One entry of the book: a decision with everything that follows from it, ready to be written in one transaction.
 *
 * @param before the holding that was decided on
 * @param after the holding as it is to be, standing and versions included
 * @param decision the decision itself
 * @param story timeline entries
 * @param events what is announced
 */
public record Page(
        Holding before, Holding after, Decision decision, List<TimelineEntry> story, List<NewEvent<?>> events) {

    /** What follows from {@code decision} on {@code before}. */
    public static Page of(Holding before, Decision decision, Instant now) {
        var after = versioned(before, Settlement.settle(decision.holding(), now), now);
        return new Page(
                before,
                after,
                decision,
                storyOf(before, after, decision, now),
                Announcements.between(before, after, now));
    }

    /** The opening of a new request. */
    public static Page opening(CapacityRequest request, Instant now) {
        var holding = Holding.of(request);
        var accepted =
                TimelineEntry.ofRequest(now, TimelineEntry.Kind.ACCEPTED, "Accepted", "The request is written down");
        return new Page(
                holding,
                holding,
                Decision.of(holding),
                List.of(accepted),
                List.of(Announcements.accepted(holding, now)));
    }

    /** Whether there is nothing to write. */
    public boolean blank() {
        return before.equals(after) && story.isEmpty() && decision.coolDowns().isEmpty();
    }

    /** The instances that are new or differ from before. */
    public List<Instance> changed() {
        return after.instances().stream()
                .filter(instance -> !before.instances().contains(instance))
                .toList();
    }

    private static Holding versioned(Holding before, Holding after, Instant now) {
        var counted = after.each(instance -> before.instance(instance.id())
                .filter(known -> !known.equals(instance))
                .map(_ -> instance.nextVersion())
                .orElse(instance));
        return counted.equals(before) ? before : counted.with(counted.request().nextVersion(now));
    }

    private static List<TimelineEntry> storyOf(Holding before, Holding after, Decision decision, Instant now) {
        var ofInstances = after.instances().stream()
                .flatMap(instance -> Story.of(before.instance(instance.id()).orElse(null), instance, now).stream());
        return Stream.concat(decision.notes().stream(), ofInstances).toList();
    }
}
