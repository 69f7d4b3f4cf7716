package io.spotplane.pricing.market;

import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.providers.spi.MarketSweep;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Tells rows that are believed from rows that are not. One bad row never loses a batch; it is counted by reason and its offering is not
 * for sale until it makes sense again.
 */
final class Quarantine {

    private static final Pattern REASON = Pattern.compile("[A-Z][A-Z_]{0,39}");
    private static final String DUPLICATE_ID = "DUPLICATE_ID";
    private static final String OTHER = "OTHER";

    private final Map<String, Offering> believed = new LinkedHashMap<>();
    private final Map<String, Integer> rejected = new HashMap<>();

    private Quarantine() {}

    /** Goes through every row of {@code sweep}, and counts those that the adapter itself could not read. */
    static Inspected inspect(MarketSweep sweep, RowRule.Frame frame) {
        var quarantine = new Quarantine();
        sweep.rejected().forEach(row -> quarantine.reject(bounded(row.why())));
        sweep.offerings().forEach(row -> quarantine.judge(row, frame));
        return new Inspected(quarantine.believed, quarantine.rejected);
    }

    private void judge(Offering row, RowRule.Frame frame) {
        RowRule.brokenRule(row, frame).ifPresentOrElse(rule -> reject(rule.name()), () -> believe(row));
    }

    /** Of two rows with one id the first is kept: which of them is right cannot be known. */
    private void believe(Offering row) {
        if (believed.putIfAbsent(row.id(), row) != null) {
            reject(DUPLICATE_ID);
        }
    }

    private void reject(String reason) {
        rejected.merge(reason, 1, Integer::sum);
    }

    /** Reasons become metric tags; whatever is no plain code is not one. */
    private static String bounded(String reason) {
        return REASON.matcher(reason).matches() ? reason : OTHER;
    }

    /**
     * A sweep after inspection.
     *
     * @param believed rows by id
     * @param rejected rows left out, by reason
     */
    record Inspected(Map<String, Offering> believed, Map<String, Integer> rejected) {}
}
