package io.spotplane.providers.catalogue;

import io.spotplane.contracts.vocabulary.Availability;
import io.spotplane.contracts.vocabulary.CapacityType;
import io.spotplane.contracts.vocabulary.Confidence;
import io.spotplane.contracts.vocabulary.GpuModels;
import io.spotplane.contracts.vocabulary.HourlyPrice;
import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.providers.spi.MarketSweep.RejectedRow;
import io.spotplane.providers.support.Quoted;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What one reading of a catalogue collects: offers, rejected rows, and rows that only together are an offer. Equal strings and prices are in memory once. */
final class Listing {

    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}(?:\\.\\d{0,20})?");
    private static final BigDecimal MIB_PER_GIB = BigDecimal.valueOf(1024);
    private static final BigDecimal MOST_CPUS = BigDecimal.valueOf(100_000);
    private static final BigDecimal MOST_GIB = BigDecimal.valueOf(10_000_000);
    private static final int MOST_SHOWN = 120;

    /** So many bad rows are no accident in a list any more, and would only fill the memory. */
    private static final int MOST_REJECTED = 50_000;

    private final CatalogueSettings settings;
    private final Instant now;
    private final Map<String, Offering> offerings = new LinkedHashMap<>();
    private final List<RejectedRow> rejected = new ArrayList<>();
    private final SoldApart apart = new SoldApart();
    private final Places places = new Places();
    private final Map<String, String> strings = new HashMap<>();
    private final Map<BigDecimal, HourlyPrice> prices = new HashMap<>();
    private final Map<String, Optional<String>> machines = new HashMap<>();
    private String source = "";
    private Instant asOf = Instant.EPOCH;

    Listing(CatalogueSettings settings, Instant now) {
        this.settings = settings;
        this.now = now;
    }

    /** Begins with a file. */
    void open(CataloguePart part) {
        source = "catalogue " + part.name();
        asOf = part.asOf().isBefore(now) ? part.asOf() : now;
    }

    /** Ends with a file; parts of machines are looked for in one file. */
    void close() {
        apart.join(this::offer, this::reject);
        apart.clear();
    }

    /** Everything of all files. */
    CatalogueContent content() {
        return new CatalogueContent(List.copyOf(offerings.values()), rejected);
    }

    void rejectLine(String line) {
        reject(line, RowFlaw.BROKEN_ROW.name(), null);
    }

    /** Takes one row. */
    void add(CatalogueRow row) {
        var vcpu = vcpu(row);
        var memory = memoryMiB(row);
        if (row.region().isEmpty()) {
            reject(row, RowFlaw.EMPTY_REGION);
        } else if (vcpu.isEmpty() || memory.isEmpty()) {
            reject(row, RowFlaw.BAD_SIZE);
        } else {
            add(row, machine(row, vcpu.getAsInt(), memory.getAsLong()));
        }
    }

    private ListedMachine machine(CatalogueRow row, int vcpu, long memoryMiB) {
        return new ListedMachine(
                once(row.type()),
                places.named(row.region()),
                row.zone().isEmpty() ? null : places.named(row.zone()),
                vcpu,
                memoryMiB,
                null);
    }

    private void add(CatalogueRow row, ListedMachine machine) {
        var counted = ListedCount.of(row.acceleratorCount());
        switch (counted) {
            case ListedCount.None _ -> addUncounted(row, machine);
            case ListedCount.Flawed(var flaw) -> reject(row, flaw);
            case ListedCount.Whole(var count) -> addCounted(row, machine, count);
        }
    }

    /** A row without accelerators, or whose type carries some that it does not mention. */
    private void addUncounted(CatalogueRow row, ListedMachine machine) {
        if (row.type().isEmpty()) {
            reject(row, RowFlaw.EMPTY_TYPE);
        } else if (!row.accelerator().isEmpty()) {
            reject(row, RowFlaw.UNCOUNTED_ACCELERATOR);
        } else if (!apart.takesHost(machine, row)) {
            addPlain(row, machine);
        }
    }

    private void addPlain(CatalogueRow row, ListedMachine machine) {
        if (carries(row.type()).isPresent()) {
            reject(row, RowFlaw.UNCOUNTED_ACCELERATOR);
            return;
        }
        apart.noteHost(machine, row);
        offer(machine, Quoted.of(row.price()), Quoted.of(row.spotPrice()), row);
    }

    private void addCounted(CatalogueRow row, ListedMachine machine, int count) {
        var name = row.accelerator().isEmpty() ? carries(row.type()).orElse("") : row.accelerator();
        if (name.isEmpty()) {
            reject(row, row.type().isEmpty() ? RowFlaw.EMPTY_TYPE : RowFlaw.UNNAMED_ACCELERATOR);
        } else if (!row.type().isEmpty()) {
            offer(row, machine, name, count, row.type());
        } else if (GpuModels.canonical(name).startsWith("TPU-")) {
            offer(row, machine, name, count, name);
        } else {
            apart.takeAccelerator(machine, row, count);
        }
    }

    private void offer(CatalogueRow row, ListedMachine machine, String accelerator, int count, String type) {
        var gpu = ListedGpu.of(accelerator, count, row.gpuInfo(), type);
        offer(machine.with(gpu, once(type)), Quoted.of(row.price()), Quoted.of(row.spotPrice()), row);
    }

    private void offer(ListedMachine machine, Quoted onDemand, Quoted spot, CatalogueRow row) {
        var heardOfOnDemand = offer(machine, CapacityType.ON_DEMAND, onDemand, row);
        var heardOfSpot = offer(machine, CapacityType.SPOT, spot, row);
        if (!heardOfOnDemand && !heardOfSpot) {
            reject(row, RowFlaw.NO_PRICE);
        }
    }

    /** Whether the quote came to something, be it a rejection. */
    private boolean offer(ListedMachine machine, CapacityType capacity, Quoted quoted, CatalogueRow row) {
        return switch (quoted) {
            case Quoted.Nothing _ -> false;
            case Quoted.Flawed(var flaw) -> {
                reject(row.shown(), flaw.name(), idOf(machine, capacity));
                yield true;
            }
            case Quoted.Amount(var amount) -> {
                if (amount.signum() > 0) {
                    put(offering(machine, capacity, price(amount)), row);
                }
                yield amount.signum() > 0;
            }
        };
    }

    private void put(Offering offering, CatalogueRow row) {
        var before = offerings.get(offering.id());
        if (before == null) {
            offerings.put(offering.id(), offering);
        } else if (before.price().compareTo(offering.price()) == 0) {
            reject(row, RowFlaw.DUPLICATE_ROW);
        } else {
            reject(row, RowFlaw.CONTRADICTING_PRICE);
            offerings.put(offering.id(), before.price().exceeds(offering.price()) ? before : offering);
        }
    }

    private String idOf(ListedMachine machine, CapacityType capacity) {
        var gpu = machine.gpu();
        return Offering.idOf(
                settings.name(),
                machine.region(),
                machine.zone(),
                machine.type(),
                gpu == null ? 0 : gpu.count(),
                capacity);
    }

    private Offering offering(ListedMachine machine, CapacityType capacity, HourlyPrice price) {
        var gpu = machine.gpu();
        return new Offering(
                idOf(machine, capacity),
                settings.name(),
                machine.region(),
                machine.zone(),
                machine.type(),
                machine.vcpu(),
                machine.memoryMiB(),
                gpu,
                capacity,
                price,
                price,
                Availability.UNKNOWN,
                source,
                asOf,
                now,
                Confidence.LISTED,
                null);
    }

    private void reject(CatalogueRow row, RowFlaw flaw) {
        reject(row.shown(), flaw.name(), null);
    }

    private void reject(String what, String flaw, @Nullable String offeringId) {
        if (rejected.size() == MOST_REJECTED) {
            throw CatalogueFaults.unfit("more than " + MOST_REJECTED + " rows were rejected, such as '"
                    + rejected.getFirst().what() + "' for "
                    + rejected.getFirst().why());
        }
        rejected.add(new RejectedRow(shortened(what), flaw, offeringId));
    }

    /** The accelerator that machines of this type are known to carry. */
    private Optional<String> carries(String type) {
        return machines.computeIfAbsent(type, GpuModels::ofMachine);
    }

    private HourlyPrice price(BigDecimal amount) {
        return prices.computeIfAbsent(amount, of -> new HourlyPrice(of, settings.currency()));
    }

    private String once(String text) {
        return strings.computeIfAbsent(text, first -> first);
    }

    /** Whole CPUs: half a CPU must not satisfy a wish for one. */
    private static OptionalInt vcpu(CatalogueRow row) {
        return number(row.vcpus(), MOST_CPUS)
                .map(BigDecimal::intValue)
                .map(OptionalInt::of)
                .orElse(OptionalInt.empty());
    }

    private static OptionalLong memoryMiB(CatalogueRow row) {
        return number(row.memoryGiB(), MOST_GIB)
                .map(gib -> OptionalLong.of(gib.multiply(MIB_PER_GIB).longValue()))
                .orElse(OptionalLong.empty());
    }

    /** A size; 0 where the list says nothing, empty where it says nonsense. */
    private static Optional<BigDecimal> number(String field, BigDecimal most) {
        if (field.isEmpty()) {
            return Optional.of(BigDecimal.ZERO);
        }
        return Optional.of(field)
                .filter(text -> NUMBER.matcher(text).matches())
                .map(BigDecimal::new)
                .filter(number -> number.compareTo(most) <= 0);
    }

    private static String shortened(String text) {
        return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "…";
    }
}
