package io.spotplane.contracts.vocabulary;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One name for each GPU model, whatever a provider calls it: EC2's {@code H100}, RunPod's {@code NVIDIA H100 80GB HBM3} and a flavor's
 * {@code H100-SXM5} are all {@code H100-SXM}. The table is reviewed by hand; a name that it lacks is kept (upper case, dashes), never dropped, so
 * that a new model is for sale on the day it appears.
 *
 * <p>Comparison ignores case, spaces, punctuation and the vendor's prefix ({@code NVIDIA}, {@code Tesla}, {@code GeForce}, {@code AMD Instinct} …).
 */
public final class GpuModels {

    private static final Pattern NOT_PLAIN = Pattern.compile("[^A-Z0-9]+");
    private static final Pattern EDGE_DASHES = Pattern.compile("^-+|-+$");
    private static final Set<String> VENDOR_WORDS =
            Set.of("NVIDIA", "AMD", "TESLA", "GEFORCE", "INSTINCT", "QUADRO", "GRID");

    /** The reviewed table. Aliases need neither vendor prefix nor punctuation nor case; the canonical name is its own alias. */
    private static final List<Model> REVIEWED = List.of(
            model("H100-SXM", "H100").known("H100 80GB HBM3", "H100 SXM5", "H100 SXM5 80GB", "H100 NVLink"),
            model("H100-PCIe", "H100").known("H100 80GB PCIe"),
            model("H100-NVL", "H100").known("H100 94GB NVL"),
            model("H200-SXM", "H200").known("H200", "H200 141GB HBM3e", "H200 SXM5", "H200 NVLink"),
            model("H200-NVL", "H200"),
            model("A100-80GB", "A100")
                    .known("A100 SXM4 80GB", "A100 SXM 80GB", "A100 PCIe 80GB", "A100 80GB PCIe", "A100 80GB SXM")
                    .known("A100 80GB SXM4", "A100 80G", "A100 80"),
            model("A100-40GB", "A100")
                    .known("A100 SXM4 40GB", "A100 SXM 40GB", "A100 PCIe 40GB", "A100 40GB PCIe", "A100 40GB SXM")
                    .known("A100 40GB SXM4", "A100 40G", "A100 40"),
            model("V100-16GB", "V100").known("V100 SXM2", "V100 SXM2 16GB", "V100 PCIe 16GB", "V100 FHHL 16GB"),
            model("V100-32GB", "V100").known("V100 SXM2 32GB", "V100 SXM3 32GB", "V100 PCIe 32GB", "V100S PCIe 32GB"),
            model("B200", "B200").known("B200 SXM", "B200 SXM6", "B200 Blackwell"),
            model("B300", "B300").known("B300 SXM", "B300 SXM6 AC", "B300 Blackwell"),
            model("GH200", "GH200").known("GH200 480GB", "Grace Hopper GH200"),
            model("MI300X", "MI300X").known("MI300X OAM"),
            model("L4", "L4").known("L4 24GB"),
            model("L40", "L40").known("L40 48GB"),
            model("L40S", "L40S").known("L40S 48GB"),
            model("A10G", "A10G").known("A10G 24GB"),
            model("A10", "A10").known("A10 24GB"),
            model("A30", "A30"),
            model("A40", "A40").known("A40 48GB"),
            model("T4", "T4").known("T4 16GB"),
            model("T4G", "T4G"),
            model("P100", "P100").known("P100 PCIe 16GB"),
            model("K80", "K80"),
            model("M60", "M60"),
            model("A4000", "A4000").known("RTX A4000"),
            model("RTX-A2000", "RTX-A2000").known("A2000"),
            model("RTX-A4500", "RTX-A4500").known("A4500"),
            model("RTX-A5000", "RTX-A5000").known("A5000"),
            model("RTX-A6000", "RTX-A6000").known("A6000", "A6000 48GB"),
            model("RTX-2000-Ada", "RTX-2000-Ada").known("RTX 2000 Ada Generation", "2000 Ada"),
            model("RTX-4000-Ada", "RTX-4000-Ada").known("RTX 4000 Ada Generation", "4000 Ada"),
            model("RTX-4000-Ada-SFF", "RTX-4000-Ada-SFF").known("RTX 4000 SFF Ada Generation", "RTX 4000 SFF Ada"),
            model("RTX-5000-Ada", "RTX-5000-Ada").known("RTX 5000 Ada Generation", "5000 Ada"),
            model("RTX-6000-Ada", "RTX-6000-Ada").known("RTX 6000 Ada Generation", "6000 Ada"),
            model("RTX-3070", "RTX-3070").known("3070"),
            model("RTX-3080", "RTX-3080").known("3080"),
            model("RTX-3080-Ti", "RTX-3080-Ti").known("3080 Ti"),
            model("RTX-3090", "RTX-3090").known("3090"),
            model("RTX-3090-Ti", "RTX-3090-Ti").known("3090 Ti"),
            model("RTX-4070-Ti", "RTX-4070-Ti").known("4070 Ti"),
            model("RTX-4080", "RTX-4080").known("4080"),
            model("RTX-4080-Super", "RTX-4080-Super").known("4080 Super"),
            model("RTX-4090", "RTX-4090").known("4090"),
            model("RTX-5080", "RTX-5080").known("5080"),
            model("RTX-5090", "RTX-5090").known("5090"),
            model("RTX-PRO-4500", "RTX-PRO-4500").known("RTX PRO 4500 Blackwell"),
            model("RTX-PRO-6000", "RTX-PRO-6000")
                    .known("RTX PRO 6000 Blackwell", "RTX PRO 6000 Blackwell Server Edition", "RTX PRO Server 6000"),
            model("RTX-PRO-6000-Workstation", "RTX-PRO-6000")
                    .known("RTX PRO 6000 Blackwell Workstation Edition", "RTX PRO 6000 WK"),
            model("RTX-PRO-6000-Max-Q", "RTX-PRO-6000")
                    .known("RTX PRO 6000 Blackwell Max-Q Workstation Edition", "RTX PRO 6000 MaxQ"));

    /** Models that providers name without their memory, which makes two products of one name. */
    private static final Map<String, Map<Integer, String>> BY_MEMORY = Map.of(
            "A100", Map.of(40, "A100-40GB", 80, "A100-80GB"),
            "A100PCIE", Map.of(40, "A100-40GB", 80, "A100-80GB"),
            "A100SXM", Map.of(40, "A100-40GB", 80, "A100-80GB"),
            "A100SXM4", Map.of(40, "A100-40GB", 80, "A100-80GB"),
            "A100NVLINK", Map.of(40, "A100-40GB", 80, "A100-80GB"),
            "V100", Map.of(16, "V100-16GB", 32, "V100-32GB"),
            "V100SXM2", Map.of(16, "V100-16GB", 32, "V100-32GB"));

    private static final Map<String, Model> BY_ALIAS = byAlias();
    private static final Map<String, String> FAMILY_NAMES = REVIEWED.stream()
            .map(Model::family)
            .distinct()
            .collect(Collectors.toUnmodifiableMap(GpuModels::key, family -> family));

    private GpuModels() {}

    /**
     * The canonical name of {@code name}; for a name that says too little ({@code A100}, {@code H100}) the family's name. Never empty.
     *
     * @param name as a provider, a flavor or a person writes it
     */
    public static String canonical(String name) {
        var known = BY_ALIAS.get(key(name));
        return known != null ? known.canonical() : FAMILY_NAMES.getOrDefault(key(name), sanitised(name));
    }

    /**
     * As {@link #canonical(String)}, with the memory of one GPU to tell products of one name apart ({@code A100} with 80 is
     * {@code A100-80GB}).
     *
     * @param name as a provider writes it
     * @param memoryGiB memory of one GPU; 0 when unknown
     */
    public static String canonical(String name, int memoryGiB) {
        var bySize = BY_MEMORY.getOrDefault(key(name), Map.of()).get(memoryGiB);
        return bySize != null ? bySize : canonical(name);
    }

    /**
     * Whether a machine with {@code model} satisfies a wish for {@code wanted}. A family's name ({@code H100}, {@code A100}) is satisfied by each of
     * its members, every other name by itself alone.
     *
     * @param wanted the name in a request or query
     * @param model the name that an offering or host carries
     */
    public static boolean matches(String wanted, String model) {
        var family = FAMILY_NAMES.get(key(wanted));
        return family != null
                ? family.equals(familyOf(model))
                : canonical(wanted).equals(canonical(model));
    }

    /**
     * The name under which a wish for {@code wanted} can be filed, to be found again by {@link #satisfiedBy}: {@code matches(wanted, model)}
     * if and only if {@code satisfiedBy(model).contains(filedAs(wanted))}.
     */
    public static String filedAs(String wanted) {
        var family = FAMILY_NAMES.get(key(wanted));
        return family != null ? family : canonical(wanted);
    }

    /** The names of all wishes that a machine with {@code model} satisfies, as {@link #filedAs} files them. */
    public static Set<String> satisfiedBy(String model) {
        return Stream.of(canonical(model), familyOf(model)).collect(Collectors.toUnmodifiableSet());
    }

    private static String familyOf(String name) {
        var known = BY_ALIAS.get(key(name));
        return known != null ? known.family() : canonical(name);
    }

    private static Map<String, Model> byAlias() {
        var table = new HashMap<String, Model>();
        for (var model : REVIEWED) {
            model.names().forEach(name -> putOnce(table, name, model));
        }
        return Map.copyOf(table);
    }

    private static void putOnce(Map<String, Model> table, String name, Model model) {
        var before = table.putIfAbsent(key(name), model);
        if (before != null && before != model) {
            throw new IllegalStateException(
                    "'" + name + "' names both " + before.canonical() + " and " + model.canonical());
        }
    }

    private static String key(String name) {
        return sanitised(name).replace("-", "");
    }

    private static String sanitised(String name) {
        var plain = EDGE_DASHES
                .matcher(NOT_PLAIN.matcher(name.toUpperCase(Locale.ROOT)).replaceAll("-"))
                .replaceAll("");
        var model =
                Stream.of(plain.split("-")).dropWhile(VENDOR_WORDS::contains).collect(Collectors.joining("-"));
        return Stream.of(model, plain)
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("UNKNOWN");
    }

    private static Model model(String canonical, String family) {
        return new Model(canonical, family, List.of());
    }

    /** A reviewed row: its name here, the name it shares with its siblings, and what others call it. */
    private record Model(String canonical, String family, List<String> aliases) {

        Model known(String... more) {
            return new Model(
                    canonical,
                    family,
                    Stream.concat(aliases.stream(), Stream.of(more)).toList());
        }

        Stream<String> names() {
            return Stream.concat(Stream.of(canonical), aliases.stream());
        }
    }
}
