package io.spotplane.provisioning.holding;

import io.spotplane.provisioning.offering.CoolDown;
import io.spotplane.provisioning.timeline.TimelineEntry;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a step decided: the holding as it is to be, and what else is to be written with it. Events and the timeline of the
 * instances follow from the difference to the holding before; only what cannot be seen there is named here.
 *
 * @param holding the holding as it is to be
 * @param notes timeline entries beside those of the instances
 * @param coolDowns what is to be left alone for a while
 */
public record Decision(Holding holding, List<TimelineEntry> notes, List<CoolDown> coolDowns) {
    public Decision {
        notes = List.copyOf(notes);
        coolDowns = List.copyOf(coolDowns);
    }

    /** The holding is to be so. */
    public static Decision of(Holding holding) {
        return new Decision(holding, List.of(), List.of());
    }

    /** The same, with another holding. */
    public Decision with(Holding next) {
        return new Decision(next, notes, coolDowns);
    }

    /** The same, and {@code note} is told. */
    public Decision telling(TimelineEntry note) {
        return new Decision(holding, join(notes, note), coolDowns);
    }

    /** The same, and {@code coolDown} holds. */
    public Decision cooling(CoolDown coolDown) {
        return new Decision(holding, notes, join(coolDowns, coolDown));
    }

    private static <T> List<T> join(List<T> list, T last) {
        return Stream.concat(list.stream(), Stream.of(last)).toList();
    }
}
