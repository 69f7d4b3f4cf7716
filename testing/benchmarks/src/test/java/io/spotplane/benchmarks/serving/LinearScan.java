package io.spotplane.benchmarks.serving;

import io.spotplane.contracts.vocabulary.GpuModels;
import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.pricing.offering.OfferingQuery;
import io.spotplane.pricing.offering.Sort;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.PriorityQueue;
import java.util.regex.Pattern;

/** Every offering is looked at, and the best page is kept. What can be known beforehand of a row is. */
final class LinearScan implements Answering {

    private static final Pattern STANDARD = Pattern.compile("(?:standard|basic)_([a-z]+)\\d.*?(?:_v(\\d+))?");
    private static final Pattern NUMBERED = Pattern.compile("([a-z]+(\\d+)[a-z0-9]*)-.+");

    private final List<Row> rows = new ArrayList<>();

    LinearScan(Catalogue catalogue) {
        catalogue.all().forEach(offering -> rows.add(Row.of(offering)));
    }

    List<Row> rows() {
        return rows;
    }

    @Override
    public String name() {
        return "linear scan in memory";
    }

    @Override
    public List<String> answer(Question question) {
        var query = question.query();
        var families = query.gpus().stream().toList();
        var order = query.sort() == Sort.PRICE ? Row.BY_PRICE : Row.BY_GPU;
        var best = new PriorityQueue<>(order.reversed());
        for (var row : rows) {
            if (wanted(query, families, row)) {
                best.add(row);
                if (best.size() > Question.PAGE) {
                    best.remove();
                }
            }
        }
        return best.stream().sorted(order).map(Row::id).toList();
    }

    private static boolean wanted(OfferingQuery query, List<String> gpus, Row row) {
        var cap = query.maxPricePerHour();
        var capPerGpu = query.maxPricePerGpu();
        return row.vcpu >= query.minVcpu()
                && row.vcpu <= query.maxVcpu()
                && row.memory >= query.minMemoryMiB()
                && (query.capacityType() == null || row.offering.capacityType() == query.capacityType())
                && (query.regions().isEmpty() || query.regions().contains(row.offering.region()))
                && (query.gpuCount() == null || row.gpuCount == query.gpuCount())
                && (query.machineClasses().isEmpty() || query.machineClasses().contains(row.machineClass))
                && (query.generations().isEmpty() || query.generations().contains(row.generation))
                && (cap == null || row.micros <= micros(cap))
                && (capPerGpu == null || row.microsPerGpu <= micros(capPerGpu))
                && (query.sort() == Sort.PRICE || row.gpuCount > 0)
                && (gpus.isEmpty() || gpus.contains(row.gpu) || gpus.contains(row.gpuFamily));
    }

    private static long micros(BigDecimal amount) {
        return amount.movePointRight(6).longValueExact();
    }

    /** An offering with what questions ask of it. */
    record Row(
            Offering offering,
            String id,
            long micros,
            long microsPerGpu,
            int vcpu,
            long memory,
            String gpu,
            String gpuFamily,
            int gpuCount,
            String machineClass,
            int generation) {

        static final Comparator<Row> BY_PRICE =
                Comparator.comparingLong(Row::micros).thenComparing(Row::amongEquals);
        static final Comparator<Row> BY_GPU =
                Comparator.comparingLong(Row::microsPerGpu).thenComparing(Row::amongEquals);

        static Row of(Offering offering) {
            var gpu = offering.gpu();
            long micros = LinearScan.micros(offering.billedPrice().amount());
            var name = offering.instanceType().toLowerCase(Locale.ROOT);
            var standard = STANDARD.matcher(name);
            var numbered = NUMBERED.matcher(name);
            boolean isStandard = standard.matches();
            boolean isNumbered = !isStandard && numbered.matches();
            var version = isStandard ? standard.group(2) : null;
            return new Row(
                    offering,
                    offering.id(),
                    micros,
                    gpu == null
                            ? Long.MAX_VALUE
                            : BigDecimal.valueOf(micros)
                                    .divide(BigDecimal.valueOf(gpu.count()), 0, RoundingMode.HALF_UP)
                                    .longValueExact(),
                    offering.vcpu(),
                    offering.memoryMiB(),
                    gpu == null ? "" : gpu.model(),
                    gpu == null ? "" : GpuModels.familyOf(gpu.model()),
                    gpu == null ? 0 : gpu.count(),
                    isStandard ? standard.group(1) : isNumbered ? numbered.group(1) : "",
                    isStandard
                            ? (version == null ? 1 : Integer.parseInt(version))
                            : isNumbered ? Integer.parseInt(numbered.group(2)) : -1);
        }

        private int amongEquals(Row other) {
            int bySize = Integer.compare(other.vcpu, vcpu);
            if (bySize != 0) {
                return bySize;
            }
            int byName = offering.instanceType().compareTo(other.offering.instanceType());
            return byName != 0 ? byName : id.compareTo(other.id);
        }
    }
}
