package io.spotplane.providers.catalogue;

import io.spotplane.providers.spi.MarketData;
import io.spotplane.providers.support.CallGuards;
import io.spotplane.providers.support.ProviderHttp;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/** Registers one {@link MarketData} for each catalogue in the settings. */
class CatalogueMarkets implements BeanRegistrar {

    /** Prefix of the settings, a list. */
    static final String SETTINGS = "spotplane.providers.catalogues";

    @Override
    public void register(BeanRegistry registry, Environment environment) {
        eachOnce(catalogues(environment)).forEach(catalogue -> register(registry, catalogue));
    }

    private static List<CatalogueSettings> catalogues(Environment environment) {
        return Binder.get(environment)
                .bind(SETTINGS, Bindable.listOf(CatalogueSettings.class))
                .orElse(List.of());
    }

    /** Two catalogues of one name would withdraw each other's offerings. */
    private static List<CatalogueSettings> eachOnce(List<CatalogueSettings> catalogues) {
        var names = new HashSet<String>();
        for (var catalogue : catalogues) {
            if (!names.add(catalogue.name())) {
                throw new IllegalArgumentException(
                        SETTINGS + " names '" + catalogue.name() + "' twice, expected each name once");
            }
        }
        return catalogues;
    }

    private static void register(BeanRegistry registry, CatalogueSettings catalogue) {
        registry.registerBean(
                catalogue.name() + "CatalogueMarketData",
                MarketData.class,
                bean -> bean.supplier(context -> CatalogueMarketData.of(
                        catalogue,
                        context.bean(ProviderHttp.class),
                        context.bean(CallGuards.class),
                        InstantSource.system())));
    }
}
