package io.spotplane.pricing.bid;

import io.spotplane.contracts.vocabulary.BidRules;
import io.spotplane.pricing.auction.Look;
import io.spotplane.pricing.auction.PricePath;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.commons.math3.special.Gamma;
import org.jspecify.annotations.Nullable;

/**
 * How often machines are lost at rungs that stand alike, learnt from how the market moved after it was looked at, over all auctions of a provider: first by
 * position, then by position and family of types, then by position and offering, each level shrunk towards the one before as strongly as the data themselves ask for
 * (the strength with the greatest marginal likelihood). Where nothing was seen, what the percentiles say by themselves is presumed. Immutable.
 */
final class PositionHazards {

    private static final double UNLEARNT_STRENGTH = 120;
    private static final double[] STRENGTHS = {15, 30, 60, 120, 240, 480, 960, 1920};
    private static final int RUNGS_ABOVE = Position.MOST_STEPS;

    private final Ties ties;
    private final long feedStep;
    private final Map<Position, Tally> byPosition;
    private final Map<Group, Tally> byFamily;
    private final Map<Group, Tally> byOffering;
    private final double strength;
    private final double familyStrength;
    private final double offeringStrength;

    private PositionHazards(Ties ties, long feedStep, Tallies tallies) {
        this.ties = ties;
        this.feedStep = feedStep;
        this.byPosition = tallies.byPosition;
        this.byFamily = tallies.byFamily;
        this.byOffering = tallies.byOffering;
        this.strength = strongest(byPosition, Position::presumedLossesPerDay);
        this.familyStrength =
                strongest(byFamily, group -> ofPosition(group.position()).perDay());
        this.offeringStrength = strongest(
                byOffering,
                group -> ofFamily(familyOf(group.name()), group.position()).perDay());
    }

    /**
     * Learns from {@code looks}, ascending in time for each offering, and where there are any from {@code paths}, which show more.
     *
     * @param rules what each offering's market accepts; offerings that it does not know are left out
     */
    static PositionHazards learn(
            Map<String, List<Look>> looks,
            Map<String, PricePath> paths,
            Function<String, @Nullable BidRules> rules,
            Ties ties,
            Freshness freshness) {
        var step = feedStep(looks.values(), rules);
        var lessons = new HashMap<String, List<Transition>>();
        looks.forEach((id, all) -> lessons.put(id, Transition.between(corrected(all, step))));
        paths.forEach((id, path) -> lessons.merge(
                id, Transition.along(id, path), (published, replayed) -> replayed.isEmpty() ? published : replayed));
        var tallies = new Tallies();
        lessons.forEach((id, transitions) -> {
            var accepted = rules.apply(id);
            if (accepted != null) {
                var rungs = new Rungs(accepted);
                transitions.forEach(transition -> learn(transition, rungs, ties, freshness, tallies));
            }
        });
        return new PositionHazards(ties, step, tallies);
    }

    /**
     * Some feeds publish the bid that would have won, one least step above the price that was paid. Whether this one does shows in the auctions whose price never
     * moved.
     */
    private static long feedStep(Collection<List<Look>> looks, Function<String, @Nullable BidRules> rules) {
        var above = new HashMap<Long, Integer>();
        for (var all : looks) {
            var look = all.getLast();
            var accepted = rules.apply(look.offeringId());
            if (accepted != null && look.p20() == look.p80()) {
                var step = Math.round(Math.pow(10, 6 - accepted.decimals()));
                var offset = look.p80() - look.market();
                if (offset == 0 || offset == step) {
                    above.merge(offset, 1, Integer::sum);
                }
            }
        }
        return above.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(0L);
    }

    private static void learn(Transition transition, Rungs rungs, Ties ties, Freshness freshness, Tallies tallies) {
        var before = transition.before();
        var weight = freshness.at(transition.until().getEpochSecond());
        lossesByPosition(before, transition.highest(), rungs, ties)
                .forEach((position, share) ->
                        tallies.add(before.offeringId(), position, weight * share, weight * transition.days()));
    }

    /** For each position that rungs stand in: the share of them that the market passed. Rungs of one look are no independent witnesses, so each position counts once. */
    private static Map<Position, Double> lossesByPosition(Look before, long later, Rungs rungs, Ties ties) {
        return Arrays.stream(around(before, rungs, ties))
                .boxed()
                .collect(Collectors.groupingBy(
                        rung -> Position.of(before, ties.limit(rung), rung, rungs),
                        Collectors.averagingDouble(rung -> later > ties.limit(rung) ? 1 : 0)));
    }

    /** The rungs that hold at {@code look} up to some above its top. */
    static long[] around(Look look, Rungs rungs, Ties ties) {
        var least = ties == Ties.HELD ? look.market() : look.market() + 1;
        var top = Math.max(look.p80(), look.market());
        return rungs.between(least, top, RUNGS_ABOVE, look.p20(), look.p50(), look.p80());
    }

    /** The percentiles as prices that were paid. */
    Look corrected(Look look) {
        return corrected(look, feedStep);
    }

    private static List<Look> corrected(List<Look> looks, long step) {
        return looks.stream().map(look -> corrected(look, step)).toList();
    }

    private static Look corrected(Look look, long step) {
        return new Look(
                look.offeringId(),
                look.at(),
                look.market(),
                Math.max(look.p20() - step, 0),
                Math.max(look.p50() - step, 0),
                Math.max(look.p80() - step, 0));
    }

    /** Whether anything was learnt; otherwise all is presumed. */
    boolean learnt() {
        return !byPosition.isEmpty();
    }

    /** How often a machine at {@code bid} is lost in the auction that {@code look} (corrected) saw. */
    Hazard of(Look look, long bid, Rungs rungs) {
        return of(look.offeringId(), Position.of(look, ties.limit(bid), bid, rungs));
    }

    Hazard of(String offeringId, Position position) {
        var family = ofFamily(familyOf(offeringId), position);
        return byOffering
                .getOrDefault(new Group(offeringId, position), Tally.NONE)
                .on(family, offeringStrength);
    }

    /** How much of what is said of rungs like {@code bid} is presumed: 1 when nothing was seen, towards 0 the more was. */
    double presumed(Look look, long bid, Rungs rungs) {
        var position = Position.of(look, ties.limit(bid), bid, rungs);
        return strength
                / (strength + byPosition.getOrDefault(position, Tally.NONE).days());
    }

    private Hazard ofFamily(String family, Position position) {
        return byFamily.getOrDefault(new Group(family, position), Tally.NONE).on(ofPosition(position), familyStrength);
    }

    private Hazard ofPosition(Position position) {
        var presumed = new Hazard(strength * position.presumedLossesPerDay(), strength);
        return byPosition.getOrDefault(position, Tally.NONE).on(presumed, strength);
    }

    /** {@code gp.vs1} of {@code rackspace:us-east-iad-1:-:gp.vs1.large-iad:spot}: types of one make. */
    static String familyOf(String offeringId) {
        var parts = offeringId.split(":", -1);
        var type = parts.length > 3 ? parts[3].replaceFirst("\\.x\\d+$", "") : offeringId;
        var end = type.lastIndexOf('.');
        return end < 0 ? type : type.substring(0, end);
    }

    /**
     * The days of belief that make what was seen likeliest, when each group's rate comes from a Gamma distribution about the rate of the level above: the number of
     * losses is then negative binomial.
     */
    private static <G> double strongest(Map<G, Tally> groups, Function<G, Double> expected) {
        var best = UNLEARNT_STRENGTH;
        var greatest = Double.NEGATIVE_INFINITY;
        for (var candidate : groups.isEmpty() ? new double[0] : STRENGTHS) {
            var likelihood = groups.entrySet().stream()
                    .mapToDouble(group -> group.getValue().logLikelihood(candidate, expected.apply(group.getKey())))
                    .sum();
            if (likelihood > greatest) {
                greatest = likelihood;
                best = candidate;
            }
        }
        return best;
    }

    private record Group(String name, Position position) {}

    /** Losses and days of holding, weighed by freshness. */
    private record Tally(double losses, double days) {

        static final Tally NONE = new Tally(0, 0);

        Tally plus(Tally other) {
            return new Tally(losses + other.losses, days + other.days);
        }

        Hazard on(Hazard belief, double strength) {
            return belief.with(strength, losses, days);
        }

        double logLikelihood(double strength, double perDay) {
            var shape = strength * perDay;
            return Gamma.logGamma(losses + shape)
                    - Gamma.logGamma(shape)
                    + shape * Math.log(strength / (strength + days))
                    - losses * Math.log(strength + days);
        }
    }

    private static final class Tallies {
        private final Map<Position, Tally> byPosition = new HashMap<>();
        private final Map<Group, Tally> byFamily = new HashMap<>();
        private final Map<Group, Tally> byOffering = new HashMap<>();

        void add(String offeringId, Position position, double losses, double days) {
            var tally = new Tally(losses, days);
            byPosition.merge(position, tally, Tally::plus);
            byFamily.merge(new Group(familyOf(offeringId), position), tally, Tally::plus);
            byOffering.merge(new Group(offeringId, position), tally, Tally::plus);
        }
    }
}
