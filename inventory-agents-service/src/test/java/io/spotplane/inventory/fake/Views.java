package io.spotplane.inventory.fake;

import io.spotplane.inventory.InventorySettings.GpusPerHost;
import io.spotplane.inventory.merged.InventoryView;
import io.spotplane.inventory.merged.Merge;
import java.util.Map;

/** Merged views of scripted sources. */
public final class Views {

    private Views() {}

    public static InventoryView of(KnownSources sources) {
        return Merge.of(sources.states(), new GpusPerHost(8, Map.of("A4000", 10)), KnownSources.SEEN.plusSeconds(5));
    }
}
