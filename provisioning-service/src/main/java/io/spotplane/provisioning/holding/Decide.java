package io.spotplane.provisioning.holding;

import java.time.Instant;

/** A pure decision: the same holding and time always give the same answer. It may be asked more than once. */
@FunctionalInterface
public interface Decide {

    /** What is to be, given what is. */
    Decision on(Holding holding, Instant now);

    /** This decision, and {@code next} on its result. */
    default Decide then(Decide next) {
        return (holding, now) -> {
            var first = on(holding, now);
            var second = next.on(first.holding(), now);
            var both = first.with(second.holding());
            for (var note : second.notes()) {
                both = both.telling(note);
            }
            for (var coolDown : second.coolDowns()) {
                both = both.cooling(coolDown);
            }
            return both;
        };
    }
}
