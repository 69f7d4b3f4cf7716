package io.spotplane.providers.spi;

import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * What the data centre's own records (NetBox) say of hosts: where they stand, whose they are, what is built in.
 *
 * <p>Law: answers with every page or fails with {@link ProviderFault}.
 */
public interface HostCatalog extends Provider {

    /** All devices that can be GPU hosts. */
    Mono<List<CatalogHost>> hosts();

    /**
     * A device.
     *
     * @param id the catalogue's id
     * @param name host name as Nova uses it
     * @param status such as {@code active}
     * @param site where it stands; null when not recorded
     * @param rack its rack; null when not recorded
     * @param owner the catalogue's tenant; null when not recorded
     * @param gpuModel canonical GPU model from its tags; null when none says
     * @param nvlink whether the GPUs are joined by NVLink; null when not recorded
     * @param aggregates aggregate names that it should be in, as recorded
     * @param url page of the device for people; null when not recorded
     */
    record CatalogHost(
            String id,
            String name,
            String status,
            @Nullable String site,
            @Nullable String rack,
            @Nullable String owner,
            @Nullable String gpuModel,
            @Nullable Boolean nvlink,
            List<String> aggregates,
            @Nullable String url) {}
}
