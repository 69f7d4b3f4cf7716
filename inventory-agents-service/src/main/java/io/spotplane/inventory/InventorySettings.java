package io.spotplane.inventory;

import io.spotplane.contracts.vocabulary.GpuModels;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What the agents do how often. Every agent has a schedule of its own; {@code application.yml} says the defaults that differ from the ones
 * here.
 *
 * @param aggregates host aggregates: change when an operator moves a host
 * @param hypervisors hosts and whether they are up
 * @param servers the servers of every host, one call for each host
 * @param gpuUse GPUs in use, derived from the servers without a remote call
 * @param devices the catalogue's records: change when people work in the data centre
 * @param gpus how many GPUs a host has where no source says it
 */
@Validated
@ConfigurationProperties("spotplane.inventory")
public record InventorySettings(
        @Valid @DefaultValue Schedule aggregates,
        @Valid @DefaultValue Schedule hypervisors,
        @Valid @DefaultValue FanOut servers,
        @Valid @DefaultValue Schedule gpuUse,
        @Valid @DefaultValue Schedule devices,
        @Valid @DefaultValue GpusPerHost gpus) {

    /**
     * When an agent looks.
     *
     * @param every from the start of one look to the start of the next, ± 10 % of jitter
     * @param timeout a look that takes longer has failed
     */
    public record Schedule(
            @DefaultValue("15s") @DurationMin(seconds = 1) @DurationMax(hours = 24)
            Duration every,

            @DefaultValue("20s") @DurationMin(millis = 100) @DurationMax(minutes = 10)
            Duration timeout) {

        /** Age from which what the agent saw is called stale: two looks went by without success. */
        public Duration staleAfter() {
            return every.multipliedBy(2).plus(timeout);
        }
    }

    /**
     * When and how an agent asks every host.
     *
     * @param every as in {@link Schedule}
     * @param timeout as in {@link Schedule}, for all hosts together
     * @param concurrency how many hosts are asked at the same time
     * @param callTimeout a host that takes longer is named as unreachable; the others are not affected
     */
    public record FanOut(
            @DefaultValue("15s") @DurationMin(seconds = 1) @DurationMax(hours = 24)
            Duration every,

            @DefaultValue("60s") @DurationMin(millis = 100) @DurationMax(minutes = 10)
            Duration timeout,

            @DefaultValue("50") @Min(1) @Max(500) int concurrency,

            @DefaultValue("5s") @DurationMin(millis = 50) @DurationMax(minutes = 2)
            Duration callTimeout) {

        /** The schedule without the fan-out. */
        public Schedule schedule() {
            return new Schedule(every, timeout);
        }
    }

    /**
     * How many GPUs are built into a host. Nova does not say it while PCI devices are not reported to Placement, so it goes by the model, as the
     * operators' former tool did: 8, and 10 for A4000.
     *
     * @param byDefault for models without a row of their own
     * @param byModel canonical model to GPUs
     */
    public record GpusPerHost(
            @DefaultValue("8") @Min(1) @Max(64) int byDefault,
            @DefaultValue Map<String, @Min(1) @Max(64) Integer> byModel) {

        public GpusPerHost {
            byModel = Map.copyOf(byModel);
        }

        /** GPUs in a host with {@code model}; a row for exactly this model goes before one for its family. */
        public int of(String model) {
            return byModel.entrySet().stream()
                    .filter(row -> GpuModels.matches(row.getKey(), model))
                    .max(Comparator.comparing(row -> row.getKey().length()))
                    .map(Map.Entry::getValue)
                    .orElse(byDefault);
        }
    }
}
