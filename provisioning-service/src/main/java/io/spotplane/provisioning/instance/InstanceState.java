package io.spotplane.provisioning.instance;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.spotplane.contracts.vocabulary.InstancePhase;
import org.jspecify.annotations.Nullable;

/**
 * Where one instance stands. {@link Intended} → {@link Launching} → {@link Booting} → {@link Ready} → {@link Draining} →
 * {@link Terminating} → {@link Terminated}; {@link Failed} when it never came to be; {@link Lost} when its provider took it.
 *
 * <p>{@code JOINING} of the vocabulary is not used: nothing joins a cluster yet.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "phase")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Intended.class, name = "INTENDED"),
    @JsonSubTypes.Type(value = Launching.class, name = "LAUNCHING"),
    @JsonSubTypes.Type(value = Booting.class, name = "BOOTING"),
    @JsonSubTypes.Type(value = Ready.class, name = "READY"),
    @JsonSubTypes.Type(value = Draining.class, name = "DRAINING"),
    @JsonSubTypes.Type(value = Terminating.class, name = "TERMINATING"),
    @JsonSubTypes.Type(value = Terminated.class, name = "TERMINATED"),
    @JsonSubTypes.Type(value = Failed.class, name = "FAILED"),
    @JsonSubTypes.Type(value = Lost.class, name = "LOST")
})
public sealed interface InstanceState permits Intended, Owned, Closed {

    /** The state's name in the public vocabulary. */
    InstancePhase phase();

    /** Stable code of why it is so; null when the phase explains itself. */
    default @Nullable String reason() {
        return null;
    }

    /** The same for people. */
    String message();
}
