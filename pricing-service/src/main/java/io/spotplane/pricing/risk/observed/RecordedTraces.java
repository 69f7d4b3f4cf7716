package io.spotplane.pricing.risk.observed;

import io.spotplane.pricing.risk.Pool;
import io.spotplane.pricing.risk.hazard.Spell;
import io.spotplane.pricing.trace.AvailabilityTrace;
import io.spotplane.pricing.trace.TraceJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * The traces that the operator named in the settings. Traces that tenants upload are not among them: what one tenant claims must not move the
 * decisions of others. A trace that is named and cannot be read stops the start.
 */
@Component
class RecordedTraces {

    private final List<Spell> lives;
    private final List<Spell> outages;

    RecordedTraces(RiskSettings settings) {
        var recorded = settings.traces().stream().map(Recorded::read).toList();
        lives = recorded.stream()
                .flatMap(one -> Spell.lives(one.pool(), one.settings().start(), one.trace()).stream())
                .toList();
        outages = recorded.stream()
                .flatMap(one -> Spell.outages(one.pool(), one.settings().start(), one.trace()).stream())
                .toList();
    }

    /** Times at which their pools had capacity. */
    List<Spell> lives() {
        return lives;
    }

    /** Times at which they had none. */
    List<Spell> outages() {
        return outages;
    }

    private record Recorded(RiskSettings.Recording settings, AvailabilityTrace trace) {

        static Recorded read(RiskSettings.Recording settings) {
            try {
                return new Recorded(
                        settings, TraceJson.read(settings.file().toString(), Files.readAllBytes(settings.file())));
            } catch (IOException unreadable) {
                throw new UncheckedIOException("cannot read the trace " + settings.file(), unreadable);
            }
        }

        Pool pool() {
            return new Pool(settings.provider(), settings.region(), settings.zone(), settings.instanceType());
        }
    }
}
