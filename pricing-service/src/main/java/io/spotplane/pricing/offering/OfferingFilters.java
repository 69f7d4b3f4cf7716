package io.spotplane.pricing.offering;

import io.spotplane.contracts.vocabulary.CapacityType;
import io.swagger.v3.oas.annotations.Parameter;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The query parameters of a list of offerings, as they came. Absent means any.
 *
 * @param gpu models, families or aliases
 * @param gpuCount GPUs of the machine, exactly
 * @param minGpuMemoryGiB least memory of each GPU
 * @param minVcpu least virtual CPUs
 * @param minMemoryMiB least memory of the machine
 * @param region the provider's region
 * @param provider provider name
 * @param capacityType spot or on demand
 * @param maxPricePerHour most that the machine may be billed an hour
 * @param sort {@code price} or {@code pricePerGpu}
 * @param pageSize items a page
 * @param pageToken where to go on
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

        @Parameter(description = "Least memory of the machine, in MiB", example = "16384") @PositiveOrZero @Nullable
        Long minMemoryMiB,

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
                description = "price (the default), or pricePerGpu, which leaves machines without GPUs out",
                example = "price")
        @Pattern(regexp = "price|pricePerGpu")
        @Nullable
        String sort,

        @Parameter(description = "Items a page, 50 when absent; more than 200 counts as 200", example = "50")
        @Min(1)
        @Nullable
        Integer pageSize,

        @Parameter(description = "nextPageToken of the page before, with the same filters") @Nullable
        String pageToken) {

    private static final int DEFAULT_PAGE_SIZE = 50;
    private static final int MAX_PAGE_SIZE = 200;
    private static final int MAX_ALTERNATIVES = 50;
    private static final String NAME = "[A-Za-z0-9 ._-]{1,64}";

    OfferingQuery query() {
        return new OfferingQuery(
                alternatives(gpu),
                gpuCount,
                Objects.requireNonNullElse(minGpuMemoryGiB, 0),
                Objects.requireNonNullElse(minVcpu, 0),
                Objects.requireNonNullElse(minMemoryMiB, 0L),
                alternatives(region),
                alternatives(provider),
                capacityType,
                maxPricePerHour,
                sort == null ? Sort.PRICE : Sort.named(sort));
    }

    private static Set<String> alternatives(@Nullable List<String> values) {
        return values == null ? Set.of() : Set.copyOf(values);
    }

    int limit() {
        return Math.min(Objects.requireNonNullElse(pageSize, DEFAULT_PAGE_SIZE), MAX_PAGE_SIZE);
    }
}
