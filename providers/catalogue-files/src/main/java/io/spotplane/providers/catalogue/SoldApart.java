package io.spotplane.providers.catalogue;

import io.spotplane.providers.support.Quoted;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Machines whose GPUs a list prices in rows of their own, without a type, as Google's does: {@code a2-highgpu-1g} without its A100 is not for sale, and its row
 * alone would promise a tenth of the price. Both rows together are the offer. GPUs that can be added to machines of choice (T4 and older) are offered on one
 * customary size for each count, as {@code n1-standard-8+T4}.
 *
 * <p>Which machine goes with which row: {@code skypilot-org/skypilot}, {@code sky/catalog/gcp_catalog.py} (Apache-2.0), and Google's page on GPU machine types.
 */
final class SoldApart {

    private static final String BY_SUFFIX = "-(?<count>\\d{1,2})g";

    private static final List<Fixed> FIXED = List.of(
            fixed("a2-(?:highgpu|megagpu)" + BY_SUFFIX, "A100"),
            fixed("a2-ultragpu" + BY_SUFFIX, "A100-80GB"),
            fixed("a3-highgpu" + BY_SUFFIX, "H100"),
            fixed("a3-megagpu" + BY_SUFFIX, "H100-MEGA"),
            fixed("a3-ultragpu" + BY_SUFFIX, "H200"),
            fixed("a4-highgpu" + BY_SUFFIX, "B200"),
            fixed("g2-standard-(?:4|8|12|16|32)", "L4"),
            fixed("g2-standard-24", "L4").of(2),
            fixed("g2-standard-48", "L4").of(4),
            fixed("g2-standard-96", "L4").of(8));

    private static final Set<String> ADDED = Set.of("T4", "P4", "P100", "V100", "K80");
    private static final Map<Integer, String> CUSTOMARY =
            Map.of(1, "n1-standard-8", 2, "n1-standard-16", 4, "n1-standard-32", 8, "n1-standard-64");

    private final Map<Place, Map<String, Part>> accelerators = new HashMap<>();
    private final Map<Place, Map<String, Part>> customaryHosts = new HashMap<>();
    private final List<Part> fixedHosts = new ArrayList<>();
    private final Set<Part> used = new HashSet<>();

    /** A row of which only a part of a machine is to be had, with the accelerators that it counts; 0 for a machine. */
    private record Part(ListedMachine machine, CatalogueRow row, int count) {
        private Place place() {
            return new Place(machine.region(), machine.zone());
        }
    }

    private record Place(String region, @Nullable String zone) {}

    /** Takes the row of a machine when it is one whose GPU is priced apart. */
    boolean takesHost(ListedMachine machine, CatalogueRow row) {
        if (FIXED.stream().noneMatch(host -> host.matches(machine.type()))) {
            return false;
        }
        fixedHosts.add(new Part(machine, row, 0));
        return true;
    }

    /** Remembers a machine that is sold as it is, and to which GPUs can be added. */
    void noteHost(ListedMachine machine, CatalogueRow row) {
        if (CUSTOMARY.containsValue(machine.type())) {
            var part = new Part(machine, row, 0);
            customaryHosts
                    .computeIfAbsent(part.place(), place -> new HashMap<>())
                    .putIfAbsent(machine.type(), part);
        }
    }

    /** Takes the row of a GPU without a machine; {@code machine} has its place and no type. */
    void takeAccelerator(ListedMachine machine, CatalogueRow row, int count) {
        var part = new Part(machine, row, count);
        accelerators
                .computeIfAbsent(part.place(), place -> new HashMap<>())
                .putIfAbsent(key(row.accelerator(), count), part);
    }

    /** Offers everything of which both rows were there, and rejects the rest. */
    void join(Offered offered, BiConsumer<CatalogueRow, RowFlaw> reject) {
        fixedHosts.forEach(host -> join(host, offered, reject));
        accelerators
                .values()
                .forEach(here -> here.values().stream()
                        .filter(part -> ADDED.contains(part.row().accelerator()))
                        .forEach(part -> add(part, offered)));
        accelerators
                .values()
                .forEach(here -> here.values().stream()
                        .filter(part -> !used.contains(part))
                        .forEach(part -> reject.accept(part.row(), RowFlaw.NO_HOST_PRICE)));
    }

    /** Forgets everything, for the next file. */
    void clear() {
        accelerators.clear();
        customaryHosts.clear();
        fixedHosts.clear();
        used.clear();
    }

    private void join(Part host, Offered offered, BiConsumer<CatalogueRow, RowFlaw> reject) {
        var fixed = FIXED.stream()
                .filter(form -> form.matches(host.machine().type()))
                .findFirst()
                .orElseThrow();
        var count = fixed.count(host.machine().type());
        Optional.ofNullable(accelerators.getOrDefault(host.place(), Map.of()).get(key(fixed.accelerator(), count)))
                .ifPresentOrElse(
                        part -> offer(host, part, host.machine().type(), offered),
                        () -> reject.accept(host.row(), RowFlaw.NO_ACCELERATOR_PRICE));
    }

    private void add(Part accelerator, Offered offered) {
        Optional.ofNullable(CUSTOMARY.get(accelerator.count()))
                .map(type -> customaryHosts
                        .getOrDefault(accelerator.place(), Map.of())
                        .get(type))
                .ifPresent(host -> offer(
                        host,
                        accelerator,
                        host.machine().type() + "+" + accelerator.row().accelerator(),
                        offered));
    }

    private void offer(Part host, Part accelerator, String type, Offered offered) {
        used.add(accelerator);
        var row = accelerator.row();
        var gpu = ListedGpu.of(
                row.accelerator(),
                accelerator.count(),
                row.gpuInfo(),
                host.machine().type());
        offered.offer(
                host.machine().with(gpu, type),
                Quoted.of(host.row().price()).plus(Quoted.of(row.price())),
                Quoted.of(host.row().spotPrice()).plus(Quoted.of(row.spotPrice())),
                host.row());
    }

    private static String key(String accelerator, int count) {
        return accelerator + " x" + count;
    }

    private static Fixed fixed(String type, String accelerator) {
        return new Fixed(Pattern.compile(type), accelerator, 1);
    }

    /** Where whole machines are offered. */
    @FunctionalInterface
    interface Offered {
        void offer(ListedMachine machine, Quoted onDemand, Quoted spot, CatalogueRow row);
    }

    /** A form of types that are sold with accelerators: as many as the type says, or as the form. */
    private record Fixed(Pattern type, String accelerator, int usual) {

        Fixed of(int count) {
            return new Fixed(type, accelerator, count);
        }

        boolean matches(String name) {
            return type.matcher(name).matches();
        }

        int count(String name) {
            return Optional.of(type.matcher(name))
                    .filter(Matcher::matches)
                    .filter(match -> match.namedGroups().containsKey("count"))
                    .map(match -> Integer.parseInt(match.group("count")))
                    .orElse(usual);
        }
    }
}
