package io.spotplane.pricing.alert;

import io.spotplane.contracts.event.PriceAlertRaised.Basis;
import io.spotplane.contracts.vocabulary.GpuModels;
import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.pricing.offering.Shelf;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The offerings of a shelf by what alerts ask for, cheapest first. Made for one judgement and thrown away; each part is made when it is asked
 * for.
 */
final class ShelfIndex {

    private static final String ANYTHING = "*";

    private final Shelf shelf;
    private final Map<String, Set<String>> gpuNames = new HashMap<>();
    private final Map<Basis, Map<String, List<Priced>>> ordered = new HashMap<>();
    private @Nullable Map<String, List<Offering>> groups;

    ShelfIndex(Shelf shelf) {
        this.shelf = shelf;
    }

    /** The groups in which everything that {@code watch} wants is found; the narrowest that its filters allow. */
    static Stream<String> groupsOf(Watch.Threshold watch) {
        var query = watch.query();
        if (!watch.gpus().isEmpty()) {
            return watch.gpus().stream().map(ShelfIndex::gpu);
        }
        return query == null || AlertQuery.all(query.region()).isEmpty()
                ? Stream.of(ANYTHING)
                : AlertQuery.all(query.region()).stream().map(ShelfIndex::region);
    }

    /** The groups that {@code offering} is in. */
    Stream<String> groupsOf(Offering offering) {
        return Stream.concat(
                Stream.of(ANYTHING, region(offering.region())),
                gpuNames(offering).stream().map(ShelfIndex::gpu));
    }

    private static String gpu(String name) {
        return "gpu " + name;
    }

    private static String region(String name) {
        return "region " + name;
    }

    /** The wishes that the offering's GPU satisfies. */
    Set<String> gpuNames(Offering offering) {
        var gpu = offering.gpu();
        return gpu == null ? Set.of() : gpuNames.computeIfAbsent(gpu.model(), GpuModels::satisfiedBy);
    }

    /** The cheapest offering that {@code watch} wants, if it reaches the line that counts. */
    Optional<Offering> cheapest(Watch.Threshold watch, boolean held) {
        return groupsOf(watch)
                .map(group -> cheapest(watch, held, ordered(group, watch.basis())))
                .flatMap(Optional::stream)
                .min(Comparator.comparingLong(Priced::value))
                .map(Priced::offering);
    }

    private Optional<Priced> cheapest(Watch.Threshold watch, boolean held, List<Priced> cheapestFirst) {
        for (var priced : cheapestFirst) {
            if (!watch.reaches(priced.value, held)) {
                break;
            }
            if (watch.wants(priced.offering, gpuNames(priced.offering))) {
                return Optional.of(priced);
            }
        }
        return Optional.empty();
    }

    private List<Priced> ordered(String group, Basis basis) {
        return ordered.computeIfAbsent(basis, each -> new HashMap<>())
                .computeIfAbsent(group, name -> inOrder(groups().getOrDefault(name, List.of()), basis));
    }

    private static List<Priced> inOrder(List<Offering> offerings, Basis basis) {
        return offerings.stream()
                .flatMap(offering ->
                        Watch.Threshold.value(offering, basis).stream().mapToObj(value -> new Priced(offering, value)))
                .sorted(Comparator.comparingLong(Priced::value))
                .toList();
    }

    private Map<String, List<Offering>> groups() {
        var known = groups;
        if (known == null) {
            known = new HashMap<>();
            for (var offering : shelf.offerings().values()) {
                for (var group : groupsOf(offering).toList()) {
                    known.computeIfAbsent(group, name -> new ArrayList<>()).add(offering);
                }
            }
            groups = known;
        }
        return known;
    }

    /** An offering and what it goes by, in millionths of the currency. */
    private record Priced(Offering offering, long value) {}
}
