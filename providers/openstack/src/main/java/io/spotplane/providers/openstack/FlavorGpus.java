package io.spotplane.providers.openstack;

import io.spotplane.contracts.vocabulary.GpuModels;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The GPUs that a flavor carries. In this order:
 *
 * <ol>
 *   <li>the name, {@code [<generation>-]<model>x<count>[-<more>]}: {@code n3-H100x8-spot}, {@code n3-RTX-A6000x4}, {@code n3-A100x8-NVLink}. The convention of
 *       GPU clouds on OpenStack, and what the operators' former tool went by;
 *   <li>the extra spec {@code pci_passthrough:alias}, {@code <alias>:<count>[,…]}, where an alias names a GPU;
 *   <li>the extra spec {@code resources:VGPU}: a count without a model.
 * </ol>
 *
 * @param model canonical model; null when there is none or it has no name
 * @param count how many; 0 for a flavor without GPUs
 */
record FlavorGpus(@Nullable String model, int count) {

    private static final FlavorGpus NONE = new FlavorGpus(null, 0);

    private static final Pattern NAME = Pattern.compile(
            "(?:[a-z]\\d+-)?(?<model>[A-Z][A-Za-z0-9]*(?:-[A-Z0-9][A-Za-z0-9]*)*)x(?<count>\\d{1,2})(?<more>-.*)?");
    private static final Pattern GPU_ALIAS =
            Pattern.compile("(?i)(?:nvidia[-_ ]?|amd[-_ ]?)?(?<model>(?:rtx|gtx|gh|mi|[abhlvtp])[-_ ]?\\d[\\w-]*)");

    /** What {@code flavor} carries; nothing for a flavor that a down cell hides. */
    static FlavorGpus of(NovaWire.@Nullable Flavor flavor) {
        return flavor == null
                ? NONE
                : byName(Optional.ofNullable(flavor.name()).orElse(""))
                        .or(() -> byExtraSpecs(
                                Optional.ofNullable(flavor.extraSpecs()).orElse(Map.of())))
                        .orElse(NONE);
    }

    private static Optional<FlavorGpus> byName(String name) {
        var matcher = NAME.matcher(name);
        return matcher.matches()
                ? Optional.of(new FlavorGpus(
                        model(matcher.group("model"), matcher.group("more")), Integer.parseInt(matcher.group("count"))))
                : Optional.empty();
    }

    /** {@code H100 NVLink} is a product of its own, {@code A100 NVLink} is not. */
    private static String model(String name, @Nullable String more) {
        var linked = GpuModels.canonical(name + " NVLink");
        return more != null
                        && more.startsWith("-NVLink")
                        && !linked.toUpperCase(Locale.ROOT).contains("NVLINK")
                ? linked
                : GpuModels.canonical(name);
    }

    private static Optional<FlavorGpus> byExtraSpecs(Map<String, String> specs) {
        return byAlias(specs.getOrDefault("pci_passthrough:alias", ""))
                .or(() -> count(specs.getOrDefault("resources:VGPU", "")).map(count -> new FlavorGpus(null, count)));
    }

    private static Optional<FlavorGpus> byAlias(String aliases) {
        return Stream.of(aliases.split(","))
                .map(alias -> alias.strip().split(":", 2))
                .filter(alias -> alias.length == 2)
                .flatMap(alias -> byAlias(alias[0], alias[1]).stream())
                .findFirst();
    }

    private static Optional<FlavorGpus> byAlias(String alias, String count) {
        var gpu = GPU_ALIAS.matcher(alias);
        return gpu.matches()
                ? count(count).map(many -> new FlavorGpus(GpuModels.canonical(gpu.group("model")), many))
                : Optional.empty();
    }

    private static Optional<Integer> count(String text) {
        return text.strip().matches("[1-9]\\d?") ? Optional.of(Integer.valueOf(text.strip())) : Optional.empty();
    }
}
