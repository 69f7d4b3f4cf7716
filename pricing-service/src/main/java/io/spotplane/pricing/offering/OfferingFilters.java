package io.spotplane.pricing.offering;

import io.spotplane.contracts.problem.Problem;
import io.spotplane.contracts.vocabulary.Availability;
import io.spotplane.contracts.vocabulary.CapacityType;
import io.spotplane.contracts.vocabulary.Confidence;
import io.spotplane.web.ProblemException;
import io.swagger.v3.oas.annotations.Parameter;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The query parameters that say which offerings are wanted, as they came. Absent means any.
 *
 * @param gpu models, families or aliases
 * @param gpuCount GPUs of the machine, exactly
 * @param minGpuMemoryGiB least memory of each GPU
 * @param minVcpu least virtual CPUs
 * @param maxVcpu most virtual CPUs
 * @param minMemoryMiB least memory of the machine
 * @param machineClass classes or families of machines
 * @param generation generations of machines
 * @param region the provider's region
 * @param provider provider name
 * @param capacityType spot or on demand
 * @param maxPricePerHour most that the machine may be billed an hour
 * @param maxPricePerGpu most that each GPU may be billed an hour
 * @param minAvailability least stock hint
 * @param minConfidence how much the hint is worth at least
 */
record OfferingFilters(
        @Parameter(description = "GPU model, family (H100) or alias; repeatable", example = "L4")
        @Size(max = MAX_ALTERNATIVES)
        @Nullable
        List<@Pattern(regexp = NAME) String> gpu,

        @Parameter(description = "GPUs of the machine, exactly; 0 for machines without", example = "1")
        @Min(0)
        @Max(1024)
        @Nullable
        Integer gpuCount,

        @Parameter(description = "Least memory of each GPU, in GiB", example = "16") @PositiveOrZero @Nullable
        Integer minGpuMemoryGiB,

        @Parameter(description = "Least virtual CPUs", example = "4") @PositiveOrZero @Nullable
        Integer minVcpu,

        @Parameter(description = "Most virtual CPUs", example = "64") @Min(1) @Nullable
        Integer maxVcpu,

        @Parameter(description = "Least memory of the machine, in MiB", example = "16384") @PositiveOrZero @Nullable
        Long minMemoryMiB,

        @Parameter(
                description =
                        "Class or family of the machine: gp of gp.vs2.xlarge-iad, p5 of p5.48xlarge, n2 of n2-standard-4, D of"
                                + " Standard_D4s_v5; repeatable, or separated by commas",
                example = "gp")
        @Size(max = MAX_ALTERNATIVES)
        @Nullable
        List<@Pattern(regexp = NAME) String> machineClass,

        @Parameter(
                description =
                        "Generation of the machine, as its name tells: 2 of gp.vs2.xlarge-iad, 5 of p5.48xlarge and Standard_D4s_v5. Bare metal"
                                + " whose name tells none stays in; repeatable",
                example = "2")
        @Size(max = MAX_ALTERNATIVES)
        @Nullable
        List<@NotNull @Min(0) @Max(999) Integer> generation,

        @Parameter(description = "The provider's region; repeatable", example = "us-east-1")
        @Size(max = MAX_ALTERNATIVES)
        @Nullable
        List<@Pattern(regexp = NAME) String> region,

        @Parameter(description = "Provider; repeatable", example = "aws") @Size(max = MAX_ALTERNATIVES) @Nullable
        List<@Pattern(regexp = NAME) String> provider,

        @Parameter(description = "Both when absent", example = "SPOT") @Nullable
        CapacityType capacityType,

        @Parameter(description = "Most that the machine may be billed an hour, in USD", example = "0.90")
        @DecimalMin(value = "0", inclusive = false)
        @Digits(integer = 12, fraction = 6)
        @Nullable
        BigDecimal maxPricePerHour,

        @Parameter(
                description = "Most that each GPU may be billed an hour, in USD; leaves machines without GPUs out",
                example = "2.50")
        @DecimalMin(value = "0", inclusive = false)
        @Digits(integer = 12, fraction = 6)
        @Nullable
        BigDecimal maxPricePerGpu,

        @Parameter(description = "Least stock hint; offerings without any are left out then", example = "LOW") @Nullable
        Availability minAvailability,

        @Parameter(
                description = "How much the stock hint is worth at least: LISTED, HINTED, COUNTED, TRIED",
                example = "HINTED")
        @Nullable
        Confidence minConfidence) {

    private static final int MAX_ALTERNATIVES = 50;
    private static final String NAME = "[A-Za-z0-9 ._-]{1,64}";

    /** @throws ProblemException (INVALID_REQUEST) with every pair of filters that contradict each other */
    OfferingQuery query(Sort sort) {
        refuseContradictions(sort);
        return new OfferingQuery(
                alternatives(gpu),
                gpuCount,
                Objects.requireNonNullElse(minGpuMemoryGiB, 0),
                Objects.requireNonNullElse(minVcpu, 0),
                Objects.requireNonNullElse(maxVcpu, Integer.MAX_VALUE),
                Objects.requireNonNullElse(minMemoryMiB, 0L),
                alternatives(machineClass),
                alternatives(generation),
                alternatives(region),
                alternatives(provider),
                capacityType,
                maxPricePerHour,
                maxPricePerGpu,
                Objects.requireNonNullElse(minAvailability, Availability.UNKNOWN),
                minConfidence,
                sort);
    }

    private static <T> Set<T> alternatives(@Nullable List<T> values) {
        return values == null ? Set.of() : Set.copyOf(values);
    }

    /** What can match nothing, whatever is for sale, is a mistake; an empty list would hide it. */
    private void refuseContradictions(Sort sort) {
        var errors = new ArrayList<Problem.FieldError>();
        if (minVcpu != null && maxVcpu != null && minVcpu > maxVcpu) {
            errors.add(contradiction("minVcpu", "is " + minVcpu + ", expected at most maxVcpu, " + maxVcpu));
        }
        if (gpuCount != null && gpuCount == 0) {
            if (gpu != null && !gpu.isEmpty()) {
                errors.add(contradiction("gpu", "is given, but gpuCount 0 asks for machines without GPUs"));
            }
            if (minGpuMemoryGiB != null && minGpuMemoryGiB > 0) {
                errors.add(contradiction("minGpuMemoryGiB", "is given, but gpuCount 0 asks for machines without GPUs"));
            }
            if (maxPricePerGpu != null) {
                errors.add(contradiction("maxPricePerGpu", "is given, but gpuCount 0 asks for machines without GPUs"));
            }
            if (sort == Sort.PRICE_PER_GPU) {
                errors.add(contradiction("sort", "is pricePerGpu, but gpuCount 0 asks for machines without GPUs"));
            }
        }
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
    }

    private static Problem.FieldError contradiction(String parameter, String message) {
        return new Problem.FieldError("query:" + parameter, "CONTRADICTION", message);
    }
}
