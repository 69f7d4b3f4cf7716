package io.spotplane.provisioning.interruption;

import io.spotplane.contracts.event.Interruption.Certainty;
import io.spotplane.providers.spi.InterruptionSignal;
import io.spotplane.provisioning.holding.Decide;
import io.spotplane.provisioning.holding.Decision;
import io.spotplane.provisioning.holding.Holding;
import io.spotplane.provisioning.instance.Draining;
import io.spotplane.provisioning.instance.Instance;
import io.spotplane.provisioning.instance.Notice;
import io.spotplane.provisioning.instance.Reason;
import io.spotplane.provisioning.instance.Usable;
import io.spotplane.provisioning.offering.CoolDown;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** What a notice means for its instance: it drains until the deadline, and its offering rests. Pure. */
final class Noticing {

    private final Duration coolDown;

    Noticing(Duration coolDown) {
        this.coolDown = coolDown;
    }

    Decide decide(UUID instanceId, InterruptionSignal signal) {
        return (holding, now) -> holding.instance(instanceId)
                .map(instance -> notice(holding, instance, signal, now))
                .orElse(Decision.of(holding));
    }

    private Decision notice(Holding holding, Instance instance, InterruptionSignal signal, Instant now) {
        return switch (instance.state()) {
            case Usable usable -> {
                var why = "The provider takes it back at " + signal.deadline();
                var draining = usable.drain(Reason.INTERRUPTED, why, signal.deadline());
                yield told(holding, instance.become(draining, now), signal, now);
            }
            case Draining draining
            when !draining.reason().equals(Reason.INTERRUPTED.name()) ->
                told(holding, instance.become(draining.noLaterThan(signal.deadline()), now), signal, now);
            default -> Decision.of(holding);
        };
    }

    private Decision told(Holding holding, Instance draining, InterruptionSignal signal, Instant now) {
        var noticedAt = signal.noticedAt() == null ? now : signal.noticedAt();
        var notice = new Notice(Certainty.ANNOUNCED, signal.source(), noticedAt, now, signal.deadline());
        var rest = CoolDown.of(
                draining.order().offering(),
                now.plus(coolDown),
                Reason.INTERRUPTED.name(),
                "Its provider took a machine of it back at " + signal.deadline());
        return Decision.of(holding.with(draining.noticed(notice))).cooling(rest);
    }
}
