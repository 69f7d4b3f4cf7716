package io.spotplane.providers.catalogue;

import io.spotplane.providers.spi.MarketData;
import io.spotplane.providers.spi.MarketSweep;
import io.spotplane.providers.support.CallGuard;
import io.spotplane.providers.support.CallGuards;
import io.spotplane.providers.support.ProviderHttp;
import java.time.InstantSource;
import reactor.core.publisher.Mono;

/**
 * A catalogue as a market. Nothing is read again that did not change: then a sweep confirms the same offerings. A list says what is sold and for how much, and
 * nothing of stock: availability is unknown, and only as good as a list.
 */
final class CatalogueMarketData implements MarketData {

    private static final String OPERATION = "catalogue.read";

    private final CatalogueSettings settings;
    private final Mono<CatalogueContent> catalogue;
    private final CatalogueFaults faults;
    private final CallGuard guard;
    private final InstantSource time;

    private CatalogueMarketData(
            CatalogueSettings settings,
            Mono<CatalogueContent> catalogue,
            CatalogueFaults faults,
            CallGuard guard,
            InstantSource time) {
        this.settings = settings;
        this.catalogue = catalogue;
        this.faults = faults;
        this.guard = guard;
        this.time = time;
    }

    static CatalogueMarketData of(
            CatalogueSettings settings, ProviderHttp http, CallGuards guards, InstantSource time) {
        var faults = new CatalogueFaults(settings, time);
        var reader = new CatalogueReader(settings, time);
        var catalogue = settings.address()
                .map(address -> new CatalogueAddress(
                        http.client(settings.name(), address, settings.callTimeout()), address, reader, faults))
                .map(CatalogueAddress::read)
                .orElseGet(() -> new CatalogueFiles(settings.location(), reader).read());
        return new CatalogueMarketData(settings, catalogue, faults, guards.of(settings.name(), "catalogue"), time);
    }

    @Override
    public String provider() {
        return settings.name();
    }

    @Override
    public Mono<MarketSweep> sweep() {
        return catalogue
                .timeout(settings.callTimeout())
                .map(content -> new MarketSweep(content.offerings(), content.rejected(), time.instant()))
                .onErrorMap(failure -> faults.judge(failure).ofRead(provider(), OPERATION, null))
                .transform(guard.aroundRead(OPERATION));
    }
}
