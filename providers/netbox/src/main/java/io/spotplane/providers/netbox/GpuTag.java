package io.spotplane.providers.netbox;

import io.spotplane.contracts.vocabulary.GpuModels;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Tags that say which GPU is built in ({@code nvidia h100 pcie}, {@code h200}, {@code rtx a6000 ada}), among all the other tags that a device has.
 */
final class GpuTag {

    private static final Pattern GPU = Pattern.compile(
            "(?:(?:nvidia|amd)[ -])?(?:(?:geforce|tesla|quadro|instinct)[ -])?"
                    + "((?:rtx|gtx)[ -].+|(?:[lt]4|(?:a|b|h|l|p|t|v|gh|mi)\\d{2,4}[a-z]{0,2})(?:[ -].+)?)",
            Pattern.CASE_INSENSITIVE);

    /** Names that are only used in data centres' own tags, or that say the form but not the memory that tells products apart. */
    private static final Map<String, String> OWN_NAMES = Map.of(
            "a100 pcie", "A100",
            "a100 sxm4", "A100",
            "rtx a6000 ada", "RTX-6000-Ada",
            "rtx 6000 pro se", "RTX-PRO-6000");

    private GpuTag() {}

    /** The canonical model that the first GPU tag names; empty when none does. */
    static Optional<String> modelIn(Collection<String> tags) {
        return tags.stream().map(GpuTag::model).flatMap(Optional::stream).findFirst();
    }

    private static Optional<String> model(String tag) {
        var gpu = GPU.matcher(tag.strip());
        return gpu.matches() ? Optional.of(canonical(gpu.group(1))) : Optional.empty();
    }

    private static String canonical(String name) {
        var own = OWN_NAMES.get(name.toLowerCase(Locale.ROOT));
        return own == null ? GpuModels.canonical(name) : own;
    }
}
