package io.spotplane.provisioning.holding;

import io.micrometer.core.instrument.MeterRegistry;
import io.spotplane.contracts.vocabulary.InstancePhase;
import io.spotplane.provisioning.instance.Instance;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is counted whenever something is written down. Tags are phases and providers: never ids. */
public final class BookMeters {

    private static final String TRANSITIONS = "spotplane.instance.transitions";
    private static final String TIME_TO = "spotplane.instance.time.to";
    private static final String ENDINGS = "spotplane.request.endings";
    private static final String NONE = "NONE";

    private final MeterRegistry registry;

    public BookMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    void count(Page page, Instant now) {
        page.changed()
                .forEach(instance -> count(page.before().instance(instance.id()).orElse(null), instance, now));
    }

    private void count(@Nullable Instance before, Instance after, Instant now) {
        var to = after.state().phase();
        if (before != null && before.state().phase() == to) {
            return;
        }
        var from = before == null ? NONE : before.state().phase().name();
        registry.counter(TRANSITIONS, "from", from, "to", to.name()).increment();
        if (to == InstancePhase.BOOTING || to == InstancePhase.READY) {
            registry.timer(TIME_TO, "phase", to.name(), "provider", after.provider())
                    .record(Duration.between(after.milestones().intendedAt(), now));
        }
    }
}
