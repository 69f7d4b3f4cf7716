package io.spotplane.pricing.market;

import io.spotplane.contracts.vocabulary.GpuModels;
import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.pricing.offering.Doubts;
import io.spotplane.providers.spi.MarketSweep;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Tells rows that are believed from rows that are not. One bad row never loses a batch: it is left out and counted by reason, with a few samples of
 * each. The offerings that such rows were about are remembered, so that what was for sale is not taken for gone. GPU names that the reviewed
 * table lacks are no reason to leave a row out; they are counted.
 */
final class Quarantine {

    private static final Pattern REASON = Pattern.compile("[A-Z][A-Z_]{0,39}");
    private static final Pattern NOT_PRINTABLE = Pattern.compile("[^\\x20-\\x7E]");
    private static final String DUPLICATE_ID = "DUPLICATE_ID";
    private static final String OTHER = "OTHER";
    private static final int REASONS = 40;
    private static final int SAMPLES_OF_A_REASON = 3;
    private static final int SAMPLE_LENGTH = 160;
    private static final int GPU_NAMES = 20;

    private final Map<String, Offering> believed = new LinkedHashMap<>();
    private final Map<String, Integer> rejected = new HashMap<>();
    private final List<Doubts.Sample> samples = new ArrayList<>();
    private final Set<String> doubted = new HashSet<>();
    private final Map<String, Integer> unknownGpus = new TreeMap<>();
    private final Map<String, Boolean> reviewedGpus = new HashMap<>();

    private Quarantine() {}

    /** Goes through every row of {@code sweep}, and counts those that the adapter itself could not read. */
    static Inspected inspect(MarketSweep sweep, RowRule.Frame frame) {
        var quarantine = new Quarantine();
        sweep.rejected().forEach(row -> quarantine.reject(row.why(), row.what(), row.offeringId()));
        var rows = sweep.offerings();
        var broken =
                rows.parallelStream().map(row -> RowRule.brokenRule(row, frame)).toList();
        IntStream.range(0, rows.size()).forEach(at -> quarantine.judge(rows.get(at), broken.get(at)));
        return new Inspected(
                quarantine.believed,
                quarantine.rejected,
                quarantine.samples,
                quarantine.doubted,
                quarantine.unknownGpus);
    }

    private void judge(Offering row, Optional<RowRule> broken) {
        broken.ifPresentOrElse(rule -> reject(rule.name(), described(row), row.id()), () -> believe(row));
    }

    /** Of two rows with one id the first is kept: which of them is right cannot be known. */
    private void believe(Offering row) {
        if (believed.putIfAbsent(row.id(), row) != null) {
            reject(DUPLICATE_ID, described(row), null);
            return;
        }
        var gpu = row.gpu();
        if (gpu != null && !reviewedGpus.computeIfAbsent(gpu.model(), GpuModels::isReviewed)) {
            count(unknownGpus, gpu.model(), GPU_NAMES);
        }
    }

    private void reject(String why, String row, @Nullable String offeringId) {
        var reason = bounded(why);
        int soFar = rejected.merge(reason, 1, Integer::sum);
        if (soFar <= SAMPLES_OF_A_REASON) {
            samples.add(new Doubts.Sample(reason, shortened(row)));
        }
        if (offeringId != null) {
            doubted.add(offeringId);
        }
    }

    /** Reasons become metric tags; whatever is no plain code is not one, nor is what comes after the first forty. */
    private String bounded(String reason) {
        boolean plain = REASON.matcher(reason).matches();
        return plain && (rejected.containsKey(reason) || rejected.size() < REASONS) ? reason : OTHER;
    }

    private static void count(Map<String, Integer> counts, String name, int most) {
        if (counts.containsKey(name) || counts.size() < most) {
            counts.merge(name, 1, Integer::sum);
        }
    }

    private static String described(Offering row) {
        var gpu = row.gpu();
        return "%s: %s, billed %s, %d vCPU, %d MiB%s, observed %s"
                .formatted(
                        row.id(),
                        row.price(),
                        row.billedPrice(),
                        row.vcpu(),
                        row.memoryMiB(),
                        gpu == null ? "" : ", " + gpu.count() + " x " + gpu.model() + " of " + gpu.memoryGiB() + " GiB",
                        row.observedAt());
    }

    /** What a feed says ends in answers: only plain characters of it, and not many. */
    private static String shortened(String row) {
        var start = row.substring(0, Math.min(row.length(), SAMPLE_LENGTH));
        return NOT_PRINTABLE.matcher(start).replaceAll("?");
    }

    /**
     * A sweep after inspection.
     *
     * @param believed rows by id
     * @param rejected rows left out, by reason
     * @param samples some of them
     * @param doubted ids of the offerings that they were about, as far as they tell
     * @param unknownGpus GPU names that the reviewed table lacks, with the number of their rows; a few
     */
    record Inspected(
            Map<String, Offering> believed,
            Map<String, Integer> rejected,
            List<Doubts.Sample> samples,
            Set<String> doubted,
            Map<String, Integer> unknownGpus) {}
}
