package io.spotplane.contracts.vocabulary;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One name for each GPU model, whatever a provider calls it: EC2's {@code H100}, RunPod's {@code NVIDIA H100 80GB HBM3}, a flavor's
 * {@code H100-SXM5} and the machine family {@code p5} are all {@code H100-SXM}. The table is reviewed by hand; a name that it lacks is kept (upper case,
 * dashes), never dropped, so that a new model is for sale on the day it appears. Accelerators that are no GPUs (TPUs, Trainium, Gaudi, FPGAs) have names of
 * their own and are never called a GPU model.
 *
 * <p>Comparison ignores case, spaces, punctuation and the vendor's prefix ({@code NVIDIA}, {@code Tesla}, {@code GeForce}, {@code AMD Instinct} …). A memory size
 * behind a name ({@code A10 (24 GB)}, {@code V100-32G}) is understood when it is the model's own.
 */
public final class GpuModels {

    private static final Pattern NOT_PLAIN = Pattern.compile("[^A-Z0-9]+");
    private static final Pattern EDGE_DASHES = Pattern.compile("^-+|-+$");
    private static final Pattern SIZE = Pattern.compile("(?<=^|-)(\\d+)-?G(?:I?B)?(?=-|$)");
    private static final Pattern NAME_AND_SIZE = Pattern.compile("(.+?)-?(\\d+)GB");
    private static final Pattern TPU = Pattern.compile("TPU-V(\\d+[A-Z]*)(?:-(\\d+))?");
    private static final Set<String> VENDOR_WORDS =
            Set.of("NVIDIA", "AMD", "AWS", "TESLA", "GEFORCE", "INSTINCT", "QUADRO", "GRID");

    /** The reviewed table. Aliases need neither vendor prefix nor punctuation nor case; the canonical name is its own alias. */
    private static final List<Model> REVIEWED = List.of(
            model("H100-SXM", "H100", 80)
                    .known("H100 80GB HBM3", "H100 SXM5", "H100 SXM5 80GB", "H100 80GB SXM5", "H100 NVLink")
                    .known("H100 HGX", "H100 MEGA"),
            model("H100-PCIe", "H100", 80).known("H100 80GB PCIe", "H100 80GB PCIe NVLink"),
            model("H100-NVL", "H100", 94).known("H100 94GB NVL"),
            model("H200-SXM", "H200", 141).known("H200", "H200 141GB HBM3e", "H200 SXM5", "H200 NVLink"),
            model("H200-NVL", "H200", 141),
            model("H20", "H20", 96),
            model("H800", "H800", 80),
            model("A100-80GB", "A100", 80)
                    .known("A100 SXM4 80GB", "A100 SXM 80GB", "A100 PCIe 80GB", "A100 80GB PCIe", "A100 80GB SXM")
                    .known("A100 80GB SXM4", "A100 80", "A100 80GB PCIe NVLink"),
            model("A100-40GB", "A100", 40)
                    .known("A100 SXM4 40GB", "A100 SXM 40GB", "A100 PCIe 40GB", "A100 40GB PCIe", "A100 40GB SXM")
                    .known("A100 40GB SXM4", "A100 40"),
            model("A800-80GB", "A800-80GB", 80).known("A800 SXM4 80GB", "A800"),
            model("V100-16GB", "V100", 16).known("V100 SXM2", "V100 SXM2 16GB", "V100 PCIe 16GB", "V100 FHHL 16GB"),
            model("V100-32GB", "V100", 32)
                    .known("V100 SXM2 32GB", "V100 SXM3 32GB", "V100 PCIe 32GB", "V100S PCIe 32GB"),
            model("B200", "B200", 180).known("B200 SXM", "B200 SXM6", "B200 Blackwell"),
            model("B300", "B300", 270).known("B300 SXM", "B300 SXM6 AC", "B300 Blackwell"),
            model("GB200", "GB200"),
            model("GB300", "GB300"),
            model("GH200", "GH200", 96).known("GH200 480GB", "Grace Hopper GH200"),
            model("MI300X", "MI300X", 192).known("MI300X OAM"),
            model("MI25", "MI25", 16).known("Radeon Instinct MI25"),
            model("L4", "L4", 24),
            model("L40", "L40", 48),
            model("L40S", "L40S", 48),
            model("A10G", "A10G", 24),
            model("A10", "A10", 24),
            model("A16", "A16", 16),
            model("A30", "A30", 24),
            model("A40", "A40", 48),
            model("T4", "T4", 16),
            model("T4G", "T4G", 16),
            model("P4", "P4", 8),
            model("P40", "P40", 24),
            model("P100", "P100", 16).known("P100 PCIe 16GB"),
            model("K80", "K80", 12),
            model("K520", "K520", 4),
            model("M60", "M60", 8),
            model("RADEON-PRO-V520", "RADEON-PRO-V520", 8).known("V520"),
            model("RADEON-PRO-V620", "RADEON-PRO-V620", 32).known("V620"),
            model("RADEON-PRO-V710", "RADEON-PRO-V710", 28).known("V710"),
            model("A4000", "A4000", 16).known("RTX A4000"),
            model("RTX-A2000", "RTX-A2000").known("A2000"),
            model("RTX-A4500", "RTX-A4500", 20).known("A4500"),
            model("RTX-A5000", "RTX-A5000", 24).known("A5000"),
            model("RTX-A6000", "RTX-A6000", 48).known("A6000"),
            model("Quadro-RTX-4000", "Quadro-RTX-4000", 8),
            model("Quadro-RTX-5000", "Quadro-RTX-5000", 16),
            model("Quadro-RTX-6000", "Quadro-RTX-6000", 24),
            model("Quadro-RTX-8000", "Quadro-RTX-8000", 48),
            model("RTX-2000-Ada", "RTX-2000-Ada", 16).known("RTX 2000 Ada Generation", "2000 Ada"),
            model("RTX-4000-Ada", "RTX-4000-Ada", 20).known("RTX 4000 Ada Generation", "4000 Ada"),
            model("RTX-4000-Ada-SFF", "RTX-4000-Ada-SFF", 20).known("RTX 4000 SFF Ada Generation", "RTX 4000 SFF Ada"),
            model("RTX-5000-Ada", "RTX-5000-Ada", 32).known("RTX 5000 Ada Generation", "5000 Ada"),
            model("RTX-5880-Ada", "RTX-5880-Ada", 48).known("RTX 5880 Ada Generation", "5880 Ada"),
            model("RTX-6000-Ada", "RTX-6000-Ada", 48).known("RTX 6000 Ada Generation", "6000 Ada"),
            model("RTX-3060", "RTX-3060", 12).known("3060"),
            model("RTX-3060-Ti", "RTX-3060-Ti", 8).known("3060 Ti"),
            model("RTX-3070", "RTX-3070", 8).known("3070"),
            model("RTX-3070-Ti", "RTX-3070-Ti", 8).known("3070 Ti"),
            model("RTX-3080", "RTX-3080").known("3080"),
            model("RTX-3080-Ti", "RTX-3080-Ti", 12).known("3080 Ti"),
            model("RTX-3090", "RTX-3090", 24).known("3090"),
            model("RTX-3090-Ti", "RTX-3090-Ti", 24).known("3090 Ti"),
            model("RTX-4060", "RTX-4060", 8).known("4060"),
            model("RTX-4060-Ti", "RTX-4060-Ti").known("4060 Ti"),
            model("RTX-4070", "RTX-4070", 12).known("4070"),
            model("RTX-4070-Ti", "RTX-4070-Ti", 12).known("4070 Ti"),
            model("RTX-4070-Super", "RTX-4070-Super", 12).known("4070 Super", "RTX 4070S", "4070S"),
            model("RTX-4070-Ti-Super", "RTX-4070-Ti-Super", 16).known("4070 Ti Super", "RTX 4070S Ti", "4070S Ti"),
            model("RTX-4080", "RTX-4080", 16).known("4080"),
            model("RTX-4080-Super", "RTX-4080-Super", 16).known("4080 Super", "RTX 4080S", "4080S"),
            model("RTX-4090", "RTX-4090", 24).known("4090"),
            model("RTX-5070", "RTX-5070", 12).known("5070"),
            model("RTX-5070-Ti", "RTX-5070-Ti", 16).known("5070 Ti"),
            model("RTX-5080", "RTX-5080", 16).known("5080"),
            model("RTX-5090", "RTX-5090", 32).known("5090"),
            model("RTX-PRO-4500", "RTX-PRO-4500", 32).known("RTX PRO 4500 Blackwell"),
            model("RTX-PRO-6000", "RTX-PRO-6000", 96)
                    .known("RTX PRO 6000 Blackwell", "RTX PRO 6000 Blackwell Server Edition", "RTX PRO Server 6000")
                    .known("RTX PRO 6000 S"),
            model("RTX-PRO-6000-Workstation", "RTX-PRO-6000", 96)
                    .known("RTX PRO 6000 Blackwell Workstation Edition", "RTX PRO 6000 WK", "RTX PRO 6000 WS"),
            model("RTX-PRO-6000-Max-Q", "RTX-PRO-6000", 96)
                    .known("RTX PRO 6000 Blackwell Max-Q Workstation Edition", "RTX PRO 6000 MaxQ"),
            // Slices of a GPU: no wish for the GPU is satisfied by one.
            model("RTX-PRO-6000-MIG-24GB", "RTX-PRO-6000-MIG-24GB", 24)
                    .known("RTX PRO 6000 Blackwell Server Edition MIG 1g.24gb", "PRO 6000 MIG 24GB"),
            model("RTX-PRO-6000-MIG-48GB", "RTX-PRO-6000-MIG-48GB", 48)
                    .known("RTX PRO 6000 Blackwell Server Edition MIG 2g.48gb", "PRO 6000 MIG 48GB"),
            // Accelerators that are no GPUs.
            model("GAUDI", "GAUDI", 32).known("Gaudi HL-205"),
            model("INFERENTIA", "INFERENTIA"),
            model("INFERENTIA2", "INFERENTIA2"),
            model("TRAINIUM", "TRAINIUM"),
            model("TRAINIUM2", "TRAINIUM2"),
            model("QUALCOMM-AI-100", "QUALCOMM-AI-100"),
            model("ALVEO-U30", "ALVEO-U30"),
            model("ALVEO-U250", "ALVEO-U250"),
            model("VIRTEX-VU9P", "VIRTEX-VU9P"),
            model("VIRTEX-VU47P", "VIRTEX-VU47P"));

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
     * @param name as a provider, a flavor or a person writes it: a model, or a machine type or family that carries one ({@code p5})
     */
    public static String canonical(String name) {
        return reviewed(name).orElseGet(() -> sanitised(name));
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
     * The accelerator in a machine of this type, by the provider's own naming: {@code p5.48xlarge}, {@code a2-ultragpu-1g}, {@code Standard_ND96isr_H100_v5},
     * {@code gpu_8x_h100_sxm5}. Empty where the type's name does not tell, or tells a family only.
     */
    public static Optional<String> ofMachine(String instanceType) {
        return GpuMachines.model(sanitised(instanceType));
    }

    /** Whether this is the name of several products ({@code H100}) and of none of them. */
    public static boolean isFamily(String name) {
        var key = key(name);
        return !BY_ALIAS.containsKey(key) && (FAMILY_NAMES.containsKey(key) || BY_MEMORY.containsKey(key));
    }

    /** Memory of one GPU of this model as its maker states it, in GiB; 0 where the name stands for several sizes or is not in the table. */
    public static int memoryGiB(String model) {
        var known = BY_ALIAS.get(key(model));
        return known == null ? 0 : known.memoryGiB();
    }

    /**
     * Whether a machine with {@code model} satisfies a wish for {@code wanted}. A family's name ({@code H100}, {@code A100}, {@code TPU-v5p}) is satisfied by each of
     * its members, every other name by itself alone.
     *
     * @param wanted the name in a request or query
     * @param model the name that an offering or host carries
     */
    public static boolean matches(String wanted, String model) {
        return familyNamed(wanted)
                .map(family -> family.equals(familyOf(model)))
                .orElseGet(() -> canonical(wanted).equals(canonical(model)));
    }

    /**
     * Where a wish for {@code wanted} can be filed, to be found again by {@link #satisfiedBy}: {@code matches(wanted, model)} if and only if
     * {@code satisfiedBy(model).contains(filedAs(wanted))}.
     */
    public static String filedAs(String wanted) {
        return familyNamed(wanted).map(GpuModels::fileOfFamily).orElseGet(() -> fileOfModel(canonical(wanted)));
    }

    /** Where all wishes are filed that a machine with {@code model} satisfies. */
    public static Set<String> satisfiedBy(String model) {
        return Set.of(fileOfModel(canonical(model)), fileOfFamily(familyOf(model)));
    }

    private static String fileOfModel(String canonical) {
        return "model " + canonical;
    }

    private static String fileOfFamily(String family) {
        return "family " + family;
    }

    /** Whether {@code name} is known to the reviewed table or its rules; otherwise it is only kept as it came. */
    public static boolean isReviewed(String name) {
        return reviewed(name).isPresent();
    }

    /** The family that {@code wanted} asks for; empty when it names one model alone. */
    public static Optional<String> familyNamed(String wanted) {
        var canonical = canonical(wanted);
        return Optional.ofNullable(FAMILY_NAMES.get(key(wanted)))
                .or(() -> Optional.ofNullable(FAMILY_NAMES.get(key(canonical)))
                        .filter(family -> !BY_ALIAS.containsKey(key(canonical))))
                .or(() -> Optional.of(canonical).filter(name -> name.equals(tpuFamily(sanitised(wanted)))));
    }

    /** The name in the table, by the rule of sizes, of TPUs or of machine types; empty where a name is only kept. */
    static Optional<String> reviewed(String name) {
        var plain = sanitised(name);
        return inTable(plain).or(() -> withItsSize(plain)).or(() -> tpu(plain)).or(() -> GpuMachines.model(plain));
    }

    /** One product of the table; a family's name is none. */
    static Optional<String> product(String name) {
        return inTable(name).or(() -> withItsSize(name)).filter(found -> BY_ALIAS.containsKey(key(found)));
    }

    /** A model, or a family, by one of its names. */
    private static Optional<String> inTable(String plain) {
        var key = key(plain);
        var known = BY_ALIAS.get(key);
        return Optional.ofNullable(known != null ? known.canonical() : FAMILY_NAMES.get(key))
                .or(() -> withoutItsSize(key));
    }

    /** {@code A100-PCIE}: one of two products, so that only the family is said. */
    private static Optional<String> withoutItsSize(String key) {
        return BY_MEMORY.getOrDefault(key, Map.of()).values().stream().findAny().map(GpuModels::familyOf);
    }

    /** {@code A10-24GB}: a size that is the model's own adds nothing; one that is a family member's tells the member, unless there are two. */
    private static Optional<String> withItsSize(String plain) {
        var parts = NAME_AND_SIZE.matcher(sized(plain));
        if (!parts.matches()) {
            return Optional.empty();
        }
        var size = Integer.parseInt(parts.group(2));
        var known = BY_ALIAS.get(key(parts.group(1)));
        if (known != null) {
            return Optional.of(known).filter(model -> model.memoryGiB() == size).map(Model::canonical);
        }
        return Optional.ofNullable(FAMILY_NAMES.get(key(parts.group(1)))).flatMap(family -> member(family, size));
    }

    private static Optional<String> member(String family, int size) {
        var members = REVIEWED.stream()
                .filter(model -> model.family().equals(family) && model.memoryGiB() == size)
                .map(Model::canonical)
                .toList();
        return members.isEmpty() ? Optional.empty() : Optional.of(members.size() == 1 ? members.getFirst() : family);
    }

    /** A slice of TPUs is named by its version and size; {@code v5litepod} is the API's word for v5e. */
    private static Optional<String> tpu(String plain) {
        var parts = TPU.matcher(plain);
        if (!parts.matches()) {
            return Optional.empty();
        }
        var version = "TPU-v" + parts.group(1).toLowerCase(Locale.ROOT).replace("litepod", "e");
        return Optional.of(parts.group(2) == null ? version : version + "-" + parts.group(2));
    }

    private static String tpuFamily(String plain) {
        return tpu(plain)
                .map(name -> name.replaceAll("^(TPU-v[^-]+)-\\d+$", "$1"))
                .orElse("");
    }

    /** The family that the model {@code name} belongs to; a model that the reviewed table lacks is a family of its own. */
    public static String familyOf(String name) {
        var known = BY_ALIAS.get(key(canonical(name)));
        if (known != null) {
            return known.family();
        }
        var tpus = tpuFamily(sanitised(name));
        return tpus.isEmpty() ? canonical(name) : tpus;
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
        return sized(sanitised(name)).replace("-", "");
    }

    /** {@code 80G}, {@code 80-GB} and {@code 80GIB} are all {@code 80GB}. */
    private static String sized(String plain) {
        return SIZE.matcher(plain).replaceAll("$1GB");
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
        return model(canonical, family, 0);
    }

    private static Model model(String canonical, String family, int memoryGiB) {
        return new Model(canonical, family, memoryGiB, List.of());
    }

    /** A reviewed row: its name here, the name it shares with its siblings, memory of one GPU (0 for several sizes), and what others call it. */
    private record Model(String canonical, String family, int memoryGiB, List<String> aliases) {

        Model known(String... more) {
            return new Model(
                    canonical,
                    family,
                    memoryGiB,
                    Stream.concat(aliases.stream(), Stream.of(more)).toList());
        }

        Stream<String> names() {
            return Stream.concat(Stream.of(canonical), aliases.stream());
        }
    }
}
