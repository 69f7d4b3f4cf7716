package io.spotplane.pricing.alert;

import io.spotplane.contracts.event.PriceAlertRaised.Basis;
import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.pricing.offering.Shelf;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Holds one market's shelf against the alerts. Judges by what is for sale, not by what happened, so it may be done any number of times; what
 * changed only says where looking is worth while:
 *
 * <ul>
 *   <li>an alert that holds is looked at again when its witness, the offering in which it was seen to hold, changed;
 *   <li>one that does not is found by the groups and the price of what changed: lines are kept highest first, so only those are met that the
 *       price reaches;
 *   <li>one about a single offering is looked at when that changed;
 *   <li>one that not every market has spoken about yet is always looked at, and always spoken about.
 * </ul>
 */
final class JudgeMarket {

    private final Shelf shelf;
    private final ShelfIndex index;
    private final BidOutlook outlook;

    private JudgeMarket(Shelf shelf, BidOutlook outlook) {
        this.shelf = shelf;
        this.index = new ShelfIndex(shelf);
        this.outlook = outlook;
    }

    /**
     * What is to be written down after offerings with the ids {@code changed} did.
     *
     * @param alerts how they stand in this market
     */
    static List<Judgement> afterChanges(
            Shelf shelf, Set<String> changed, Collection<Standing> alerts, BidOutlook outlook) {
        var judge = new JudgeMarket(shelf, outlook);
        return judge.judge(judge.worthLookingAt(changed, concerned(shelf, alerts)));
    }

    /** The same when it is not known what changed. */
    static List<Judgement> everything(Shelf shelf, Collection<Standing> alerts, BidOutlook outlook) {
        return new JudgeMarket(shelf, outlook).judge(concerned(shelf, alerts));
    }

    private static List<Standing> concerned(Shelf shelf, Collection<Standing> alerts) {
        return alerts.stream()
                .filter(alert -> alert.watch().concerns(shelf.provider()))
                .toList();
    }

    private Collection<Standing> worthLookingAt(Set<String> changed, List<Standing> alerts) {
        var worth = new LinkedHashSet<Standing>();
        var waiting = new ArrayList<Standing>();
        for (var alert : alerts) {
            var only = alert.watch().offeringId();
            var decisive = only == null ? alert.witness() : only;
            if (!alert.judged() || (decisive != null && changed.contains(decisive))) {
                worth.add(alert);
            } else if (decisive == null) {
                waiting.add(alert);
            }
        }
        if (!waiting.isEmpty()) {
            addReached(changed, linesByGroup(waiting), worth);
        }
        return worth;
    }

    private void addReached(Set<String> changed, Map<Basis, Map<String, List<Standing>>> lines, Set<Standing> reached) {
        for (var id : changed) {
            var offering = shelf.offering(id);
            if (offering != null) {
                lines.forEach((basis, groups) -> addReached(offering, basis, groups, reached));
            }
        }
    }

    private void addReached(Offering offering, Basis basis, Map<String, List<Standing>> groups, Set<Standing> reached) {
        Watch.Threshold.value(offering, basis).ifPresent(micros -> addReached(offering, micros, groups, reached));
    }

    private void addReached(Offering offering, long micros, Map<String, List<Standing>> groups, Set<Standing> reached) {
        var gpuNames = index.gpuNames(offering);
        index.groupsOf(offering).map(groups::get).filter(Objects::nonNull).forEach(highestFirst -> {
            for (var alert : highestFirst) {
                if (!threshold(alert).reaches(micros, false)) {
                    break;
                }
                if (threshold(alert).wants(offering, gpuNames)) {
                    reached.add(alert);
                }
            }
        });
    }

    private static Map<Basis, Map<String, List<Standing>>> linesByGroup(List<Standing> waiting) {
        var lines = new HashMap<Basis, Map<String, List<Standing>>>();
        for (var alert : waiting) {
            var watch = threshold(alert);
            var groups = lines.computeIfAbsent(watch.basis(), basis -> new HashMap<>());
            ShelfIndex.groupsOf(watch)
                    .forEach(group -> groups.computeIfAbsent(group, name -> new ArrayList<>())
                            .add(alert));
        }
        var highestFirst = Comparator.comparing(
                        (Standing alert) -> threshold(alert).limit())
                .reversed();
        lines.values().forEach(groups -> groups.values().forEach(group -> group.sort(highestFirst)));
        return lines;
    }

    /** Whatever is about more than one offering is a threshold. */
    private static Watch.Threshold threshold(Standing alert) {
        return (Watch.Threshold) alert.watch();
    }

    private List<Judgement> judge(Collection<Standing> alerts) {
        var judgements = new ArrayList<Judgement>();
        for (var alert : alerts) {
            var cause = cause(alert).orElse(null);
            if (isNews(alert, cause)) {
                judgements.add(new Judgement(alert.alertId(), cause));
            }
        }
        return judgements;
    }

    /** A bid's prospects change without its witness; and what is said about an alert that is new stands against older words. */
    private static boolean isNews(Standing alert, @Nullable Cause cause) {
        return !alert.judged()
                || alert.watch() instanceof Watch.Bid
                || !Objects.equals(alert.witness(), cause == null ? null : cause.offeringId());
    }

    private Optional<Cause> cause(Standing alert) {
        var only = alert.watch().offeringId();
        return only == null ? causeAmongAll(alert) : causeIn(only, alert);
    }

    private Optional<Cause> causeIn(String offeringId, Standing alert) {
        var offering = shelf.offering(offeringId);
        return offering == null ? alert.watch().causeWhenGone() : alert.watch().cause(offering, alert.holds(), outlook);
    }

    /** The witness first: as long as it stands, no other is needed. */
    private Optional<Cause> causeAmongAll(Standing alert) {
        var watch = threshold(alert);
        return witness(alert, watch)
                .or(() -> index.cheapest(watch, alert.holds()))
                .flatMap(offering -> watch.cause(offering, alert.holds(), outlook));
    }

    private Optional<Offering> witness(Standing alert, Watch.Threshold watch) {
        return Optional.ofNullable(alert.witness())
                .map(shelf::offering)
                .filter(offering -> watch.wants(offering, index.gpuNames(offering)))
                .filter(offering -> watch.cause(offering, true, outlook).isPresent());
    }
}
