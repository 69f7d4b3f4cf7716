package io.spotplane.provisioning.offering;

import java.time.Instant;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What is to be left alone for a while, shared by all replicas. */
public interface CoolDowns {

    /** Adds to the caller's transaction; of two for one key the later end wins. */
    Mono<Void> add(List<CoolDown> coolDowns);

    /** Those that still hold at {@code now}. */
    Flux<CoolDown> active(Instant now);
}
