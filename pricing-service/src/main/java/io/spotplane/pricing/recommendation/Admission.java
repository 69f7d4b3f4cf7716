package io.spotplane.pricing.recommendation;

import io.spotplane.contracts.vocabulary.Availability;
import io.spotplane.contracts.vocabulary.GpuModels;
import io.spotplane.contracts.vocabulary.Offering;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which offerings come into question: each rule is a function, the first that an offering breaks is its reason.
 *
 * @param admitted those that break none
 * @param leftOut the others
 */
record Admission(List<Offering> admitted, List<LeftOut> leftOut) {

    private static final Pattern GENERATION = Pattern.compile("\\.[a-z]{2}(\\d+)\\.");

    private static final List<Rule> RULES = List.of(
            (offering, filters) -> outside(filters.providers(), offering.provider())
                    ? left(offering, Reason.OTHER_PROVIDER)
                    : passes(),
            (offering, filters) ->
                    outside(filters.regions(), offering.region()) ? left(offering, Reason.OTHER_REGION) : passes(),
            (offering, filters) -> outside(filters.capacityTypes(), offering.capacityType())
                    ? left(offering, Reason.OTHER_CAPACITY_TYPE)
                    : passes(),
            Admission::byClass,
            Admission::byGeneration,
            (offering, filters) -> filters.gpusPerNode() != null && filters.gpusPerNode() != Resource.gpus(offering)
                    ? left(offering, Reason.OTHER_GPU_COUNT, Resource.gpus(offering))
                    : passes(),
            (offering, filters) -> offering.vcpu() < filters.leastVcpu()
                    ? left(offering, Reason.TOO_FEW_VCPUS, offering.vcpu())
                    : passes(),
            (offering, filters) -> offering.memoryMiB() < filters.leastMemoryMiB()
                    ? left(offering, Reason.TOO_LITTLE_MEMORY, offering.memoryMiB())
                    : passes(),
            (offering, filters) ->
                    offering.billedPrice().amount().signum() == 0 ? left(offering, Reason.NO_PRICE) : passes(),
            (offering, filters) ->
                    offering.availability() == Availability.NONE ? left(offering, Reason.SOLD_OUT) : passes(),
            Admission::byPrice,
            Admission::byGpuPrice);

    static Admission of(Collection<Offering> offerings, Wish.Filters filters) {
        var admitted = new ArrayList<Offering>();
        var leftOut = new ArrayList<LeftOut>();
        var rules = new ArrayList<>(RULES);
        rules.add(byGpu(offerings, filters));
        for (var offering : offerings) {
            brokenBy(offering, filters, rules).ifPresentOrElse(leftOut::add, () -> admitted.add(offering));
        }
        return new Admission(admitted, leftOut);
    }

    private static Optional<LeftOut> brokenBy(Offering offering, Wish.Filters filters, List<Rule> rules) {
        for (var rule : rules) {
            var left = rule.check(offering, filters);
            if (left.isPresent()) {
                return left;
            }
        }
        return Optional.empty();
    }

    /** The generation in a type's name, as in {@code gp.vs2.large-sjc}. */
    static OptionalInt generation(Offering offering) {
        var match = GENERATION.matcher(offering.instanceType());
        return match.find() ? OptionalInt.of(Integer.parseInt(match.group(1))) : OptionalInt.empty();
    }

    private static Optional<LeftOut> byClass(Offering offering, Wish.Filters filters) {
        var type = offering.instanceType().toLowerCase(Locale.ROOT);
        boolean wanted = filters.classes().isEmpty()
                || filters.classes().stream().anyMatch(prefix -> type.startsWith(prefix.toLowerCase(Locale.ROOT)));
        return wanted ? passes() : left(offering, Reason.OTHER_CLASS);
    }

    private static Optional<LeftOut> byGeneration(Offering offering, Wish.Filters filters) {
        int generation = generation(offering).orElse(0);
        return filters.generation() == null || filters.generation() == generation
                ? passes()
                : left(offering, Reason.OTHER_GENERATION, generation);
    }

    /** Names of models are compared once, not once for each offering. */
    private static Rule byGpu(Collection<Offering> offerings, Wish.Filters asked) {
        var wanted = offerings.stream()
                .map(Admission::gpuModel)
                .distinct()
                .filter(model -> !model.isEmpty())
                .filter(model -> asked.gpus().stream().anyMatch(name -> GpuModels.matches(name, model)))
                .collect(Collectors.toSet());
        return (offering, filters) -> filters.gpus().isEmpty() || wanted.contains(gpuModel(offering))
                ? passes()
                : left(offering, Reason.OTHER_GPU);
    }

    private static String gpuModel(Offering offering) {
        var gpu = offering.gpu();
        return gpu == null ? "" : gpu.model();
    }

    private static Optional<LeftOut> byPrice(Offering offering, Wish.Filters filters) {
        var billed = offering.billedPrice().amount();
        return filters.mostPerNode() != null && Micros.of(billed) > filters.mostPerNode()
                ? Optional.of(new LeftOut(offering.id(), Reason.TOO_DEAR, billed))
                : passes();
    }

    private static Optional<LeftOut> byGpuPrice(Offering offering, Wish.Filters filters) {
        if (filters.mostPerGpu() == null) {
            return passes();
        }
        int gpus = Resource.gpus(offering);
        if (gpus == 0) {
            return left(offering, Reason.OTHER_GPU);
        }
        var each = offering.billedPrice().dividedBy(gpus).amount();
        return Micros.of(offering.billedPrice().amount()) > Objects.requireNonNull(filters.mostPerGpu()) * gpus
                ? Optional.of(new LeftOut(offering.id(), Reason.GPU_TOO_DEAR, each))
                : passes();
    }

    private static boolean outside(Collection<?> wanted, Object value) {
        return !wanted.isEmpty() && !wanted.contains(value);
    }

    private static Optional<LeftOut> passes() {
        return Optional.empty();
    }

    private static Optional<LeftOut> left(Offering offering, Reason reason) {
        return Optional.of(new LeftOut(offering.id(), reason));
    }

    private static Optional<LeftOut> left(Offering offering, Reason reason, long number) {
        return Optional.of(new LeftOut(offering.id(), reason, BigDecimal.valueOf(number)));
    }

    /** A reason to leave an offering out; empty when it does not apply. */
    @FunctionalInterface
    private interface Rule {
        Optional<LeftOut> check(Offering offering, Wish.Filters filters);
    }
}
