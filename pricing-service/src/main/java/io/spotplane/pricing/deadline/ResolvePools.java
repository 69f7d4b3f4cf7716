package io.spotplane.pricing.deadline;

import io.spotplane.contracts.problem.Problem.FieldError;
import io.spotplane.contracts.vocabulary.Availability;
import io.spotplane.contracts.vocabulary.CapacityType;
import io.spotplane.contracts.vocabulary.GpuModels;
import io.spotplane.contracts.vocabulary.HourlyPrice;
import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.pricing.offering.Storefront;
import io.spotplane.pricing.trace.AvailabilityTrace;
import io.spotplane.pricing.trace.OwnObservations;
import io.spotplane.pricing.trace.RunLengths;
import io.spotplane.pricing.trace.StoredTrace;
import io.spotplane.pricing.trace.Traces;
import io.spotplane.web.ProblemException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Finds out what the pools of a wish are, what they cost now, and what they did until now. */
@Component
class ResolvePools {

    private static final int READS_AT_ONCE = 4;

    private final Storefront storefront;
    private final Traces traces;
    private final OwnObservations observations;

    ResolvePools(Storefront storefront, Traces traces, OwnObservations observations) {
        this.storefront = storefront;
        this.traces = traces;
        this.observations = observations;
    }

    /**
     * What there is to run on.
     *
     * @param pools spot pools, at most {@value NewDeadlinePlan#MOST_POOLS}
     * @param leftOut pools that are not, and why
     * @param onDemandOfferingId the fall-back
     * @param onDemandPrice its price
     */
    record Resolved(
            List<StoredPlan.PlanPool> pools,
            List<DeadlinePlan.LeftOut> leftOut,
            @Nullable String onDemandOfferingId,
            HourlyPrice onDemandPrice) {}

    /** Resolves {@code wish}; refuses with every field that is wrong. */
    Mono<Resolved> of(String tenant, NewDeadlinePlan wish, Instant now) {
        var errors = new ArrayList<FieldError>();
        var onDemand = onDemand(wish, errors);
        var wanted = wish.find() == null ? named(wish, errors) : found(wish.find());
        if (wanted.isEmpty() && errors.isEmpty()) {
            errors.add(
                    wish.find() == null
                            ? new FieldError("/pools", "REQUIRED", "expected at least one pool, or find")
                            : new FieldError("/find", "NOTHING_FOUND", "nobody sells such machines on spot now"));
        }
        refuse(errors);
        var price = java.util.Objects.requireNonNull(onDemand).price();
        var leftOut = new ArrayList<DeadlinePlan.LeftOut>();
        var candidates = wanted.stream()
                .filter(pool -> admitted(pool, wish, price, leftOut, errors))
                .toList();
        refuse(errors);
        return Flux.fromIterable(candidates)
                .flatMapSequential(pool -> past(tenant, pool, now), READS_AT_ONCE)
                .collectList()
                .map(pools -> new Resolved(pools, List.copyOf(leftOut), onDemand.offeringId(), price));
    }

    private static void refuse(List<FieldError> errors) {
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
    }

    private @Nullable OnDemand onDemand(NewDeadlinePlan wish, List<FieldError> errors) {
        if (wish.onDemandPrice() != null && wish.onDemandOfferingId() != null) {
            errors.add(new FieldError("/onDemandPrice", "CONTRADICTION", "expected a price or an offering, not both"));
            return null;
        }
        if (wish.onDemandPrice() != null) {
            if (wish.onDemandPrice().amount().signum() == 0) {
                errors.add(new FieldError("/onDemandPrice", "OUT_OF_RANGE", "expected more than 0"));
            }
            return new OnDemand(null, wish.onDemandPrice());
        }
        if (wish.onDemandOfferingId() != null) {
            return offering(wish.onDemandOfferingId(), CapacityType.ON_DEMAND, "/onDemandOfferingId", errors)
                    .map(OnDemand::of)
                    .orElse(null);
        }
        if (wish.find() == null) {
            errors.add(
                    new FieldError("/onDemandPrice", "REQUIRED", "expected onDemandPrice, onDemandOfferingId or find"));
            return null;
        }
        var cheapest = matching(wish.find(), CapacityType.ON_DEMAND).findFirst().map(OnDemand::of);
        if (cheapest.isEmpty()) {
            errors.add(new FieldError("/find", "NOTHING_FOUND", "nobody sells such machines on demand now"));
        }
        return cheapest.orElse(null);
    }

    private List<Wanted> named(NewDeadlinePlan wish, List<FieldError> errors) {
        var pools = wish.pools() == null ? List.<NewDeadlinePlan.Pool>of() : wish.pools();
        var names = new HashSet<String>();
        var wanted = new ArrayList<Wanted>();
        for (int at = 0; at < pools.size(); at++) {
            var pointer = "/pools/" + at;
            wanted(pools.get(at), pointer, errors).ifPresent(pool -> {
                if (!names.add(pool.name())) {
                    errors.add(new FieldError(pointer, "DUPLICATE", "'" + pool.name() + "' appears twice"));
                }
                wanted.add(pool);
            });
        }
        return wanted;
    }

    private Optional<Wanted> wanted(NewDeadlinePlan.Pool pool, String pointer, List<FieldError> errors) {
        if (pool.offeringId() != null) {
            if (pool.name() != null || pool.spotPrice() != null) {
                errors.add(new FieldError(
                        pointer, "CONTRADICTION", "expected an offering, or a name and a price, not both"));
            }
            return offering(pool.offeringId(), CapacityType.SPOT, pointer + "/offeringId", errors)
                    .map(offering -> Wanted.of(offering, pool, pointer));
        }
        if (pool.name() == null || pool.spotPrice() == null) {
            errors.add(new FieldError(pointer, "REQUIRED", "expected offeringId, or name and spotPrice"));
            return Optional.empty();
        }
        return Optional.of(new Wanted(pool.name(), null, pool.spotPrice(), pool, Availability.UNKNOWN, pointer));
    }

    private Optional<Offering> offering(String id, CapacityType type, String pointer, List<FieldError> errors) {
        var found = storefront.offering(id).map(Storefront.Found::offering);
        if (found.isEmpty()) {
            errors.add(new FieldError(pointer, "NOT_FOUND", "nobody sells an offering with this id now"));
        } else if (found.get().capacityType() != type) {
            errors.add(new FieldError(pointer, "INVALID_VALUE", "it is not sold as " + type));
            return Optional.empty();
        }
        return found;
    }

    private List<Wanted> found(NewDeadlinePlan.Find find) {
        var any = new NewDeadlinePlan.Pool(null, null, null, null, null);
        return matching(find, CapacityType.SPOT)
                .limit(NewDeadlinePlan.MOST_POOLS)
                .map(offering -> Wanted.of(offering, any, "/find"))
                .toList();
    }

    /** Cheapest first; a walk over all that is for sale, so call it off the event loop. */
    private Stream<Offering> matching(NewDeadlinePlan.Find find, CapacityType type) {
        return storefront.reports().stream()
                .filter(report -> isIn(find.providers(), report.provider()))
                .flatMap(report -> storefront.shelf(report.provider()).stream())
                .flatMap(shelf -> shelf.offerings().values().stream())
                .filter(offering -> offering.capacityType() == type
                        && isIn(find.regions(), offering.region())
                        && offering.gpu() != null
                        && offering.gpu().count() == find.gpuCount()
                        && GpuModels.matches(find.gpu(), offering.gpu().model()))
                .sorted(Comparator.comparing(Offering::billedPrice).thenComparing(Offering::id));
    }

    private static boolean isIn(@Nullable List<String> allowed, String name) {
        return allowed == null || allowed.isEmpty() || allowed.contains(name);
    }

    private static boolean admitted(
            Wanted pool,
            NewDeadlinePlan wish,
            HourlyPrice onDemand,
            List<DeadlinePlan.LeftOut> leftOut,
            List<FieldError> errors) {
        if (!pool.price().currency().equals(onDemand.currency())) {
            errors.add(new FieldError(
                    pool.pointer() + "/spotPrice",
                    "OTHER_CURRENCY",
                    pool.price().currency() + ", while on demand is in " + onDemand.currency()));
            return false;
        }
        var most = wish.maxSpotPrice();
        if (most != null && !most.currency().equals(onDemand.currency())) {
            errors.add(new FieldError("/maxSpotPrice", "OTHER_CURRENCY", "expected " + onDemand.currency()));
            return false;
        }
        if (most != null && pool.price().exceeds(most)) {
            leftOut.add(new DeadlinePlan.LeftOut(pool.name(), pool.price() + " is above the most allowed, " + most));
            return false;
        }
        if (pool.price().compareTo(onDemand) >= 0) {
            leftOut.add(new DeadlinePlan.LeftOut(pool.name(), pool.price() + " is not below on demand, " + onDemand));
            return false;
        }
        return true;
    }

    private Mono<StoredPlan.PlanPool> past(String tenant, Wanted pool, Instant now) {
        return trace(tenant, pool, now)
                .map(trace -> pool.with(RunLengths.of(trace), trace.up(trace.ticks() - 1)))
                .switchIfEmpty(Mono.fromSupplier(() -> pool.with(null, pool.hint() != Availability.NONE)));
    }

    private Mono<AvailabilityTrace> trace(String tenant, Wanted pool, Instant now) {
        var id = pool.wish().traceId();
        if (id != null) {
            return traces.find(tenant, id)
                    .switchIfEmpty(Mono.error(() -> ProblemException.invalid(List.of(new FieldError(
                            pool.pointer() + "/traceId", "NOT_FOUND", "there is no trace with this id")))))
                    .map(StoredTrace::trace);
        }
        return pool.offeringId() == null ? Mono.empty() : observations.of(pool.offeringId(), now);
    }

    private record OnDemand(@Nullable String offeringId, HourlyPrice price) {

        static OnDemand of(Offering offering) {
            return new OnDemand(offering.id(), offering.billedPrice());
        }
    }

    private record Wanted(
            String name,
            @Nullable String offeringId,
            HourlyPrice price,
            NewDeadlinePlan.Pool wish,
            Availability hint,
            String pointer) {

        static Wanted of(Offering offering, NewDeadlinePlan.Pool wish, String pointer) {
            return new Wanted(
                    offering.id(), offering.id(), offering.billedPrice(), wish, offering.availability(), pointer);
        }

        StoredPlan.PlanPool with(@Nullable RunLengths past, boolean upByItself) {
            var told = wish.up();
            return new StoredPlan.PlanPool(name, offeringId, price, told == null ? upByItself : told, past);
        }
    }
}
