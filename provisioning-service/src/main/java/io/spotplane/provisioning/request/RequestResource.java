package io.spotplane.provisioning.request;

import io.spotplane.contracts.vocabulary.HourlyPrice;
import io.spotplane.contracts.vocabulary.Money;
import io.spotplane.contracts.vocabulary.RequestKind;
import io.spotplane.contracts.vocabulary.RequestPhase;
import io.spotplane.provisioning.holding.CapacityRequest;
import io.spotplane.provisioning.holding.Condition;
import io.spotplane.provisioning.holding.Holding;
import io.spotplane.provisioning.holding.Wanted;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A request as clients see it.
 *
 * @param id its id
 * @param kind GPU or node request
 * @param name the client's name for it; null for none
 * @param version counts its changes; the ETag
 * @param createdAt when it was accepted
 * @param spec what is wanted, with every default filled in
 * @param status where it stands
 */
record RequestResource(
        UUID id, RequestKind kind, @Nullable String name, long version, Instant createdAt, Wanted spec, Status status) {

    /**
     * Where a request stands.
     *
     * @param phase in one word
     * @param reason stable code of why; null when nothing is to be explained
     * @param message the same for people
     * @param observedAt when this was true
     * @param instancesWanted how many instances are wanted
     * @param instancesReady how many are ready
     * @param costSoFar what everything has cost until now, ended instances included
     * @param hourlyCost what everything that runs costs an hour
     * @param conditions aspect by aspect
     * @param instances its instances, ended ones included
     */
    record Status(
            RequestPhase phase,
            @Nullable String reason,
            String message,
            Instant observedAt,
            int instancesWanted,
            int instancesReady,
            Money costSoFar,
            HourlyPrice hourlyCost,
            List<Condition> conditions,
            List<InstanceResource> instances) {}

    static RequestResource of(Holding holding, List<InstanceResource> instances, Instant now) {
        CapacityRequest request = holding.request();
        var standing = request.standing();
        return new RequestResource(
                request.id(),
                request.kind(),
                request.name(),
                request.version(),
                request.createdAt(),
                request.wanted(),
                new Status(
                        standing.phase(),
                        standing.reason(),
                        standing.message(),
                        now,
                        request.wanted().instances(),
                        standing.instancesReady(),
                        holding.spent(now),
                        holding.hourly(),
                        standing.conditions(),
                        instances));
    }
}
