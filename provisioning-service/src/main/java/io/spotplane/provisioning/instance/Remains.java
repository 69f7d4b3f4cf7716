package io.spotplane.provisioning.instance;

import io.spotplane.providers.spi.ProviderInstanceId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a closed instance may have left at its provider: a stopped shell, or a machine that shows up after all. As long as there is
 * something, its end is asked for and the request is not terminated.
 *
 * @param machine the machine; null when nothing is left
 * @param farewell how asking for its end goes; null when nothing is left
 * @param absence since when lists have lacked it
 */
public record Remains(
        @Nullable ProviderInstanceId machine, @Nullable Farewell farewell, Absence absence) {

    /** Nothing is left. */
    public static final Remains NOTHING = new Remains(null, null, Absence.NONE);

    /** {@code machine} may be left; its end is asked for from {@code now} on. */
    public static Remains of(ProviderInstanceId machine, Instant now) {
        return new Remains(machine, Farewell.dueAt(now), Absence.NONE);
    }

    /** Whether there may be something. */
    public boolean any() {
        return machine != null;
    }

    /** The same with other knowledge of the machine's absence. */
    public Remains with(Absence found) {
        return new Remains(machine, farewell, found);
    }

    Remains with(Farewell asked) {
        return new Remains(machine, asked, absence);
    }
}
