package io.spotplane.pricing.offering;

import io.spotplane.contracts.vocabulary.GpuModels;
import java.util.HashSet;
import java.util.Set;

/**
 * GPU names that somebody asked for, looked up in the reviewed table once. Says the same as {@link GpuModels#matches} of each.
 *
 * @param models canonical names of those that name one model
 * @param families those that name a family
 */
record GpuWish(Set<String> models, Set<String> families) {

    static GpuWish of(Set<String> names) {
        var models = new HashSet<String>();
        var families = new HashSet<String>();
        names.forEach(name -> GpuModels.familyNamed(name)
                .ifPresentOrElse(families::add, () -> models.add(GpuModels.canonical(name))));
        return new GpuWish(models, families);
    }

    boolean wants(GpuName gpu) {
        return models.contains(gpu.model()) || families.contains(gpu.family());
    }
}
