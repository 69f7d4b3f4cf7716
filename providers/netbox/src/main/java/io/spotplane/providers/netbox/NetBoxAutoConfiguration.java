package io.spotplane.providers.netbox;

import io.spotplane.providers.spi.HostCatalog;
import io.spotplane.providers.support.CallGuards;
import io.spotplane.providers.support.ProviderHttp;
import java.time.InstantSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import tools.jackson.databind.json.JsonMapper;

/** Switches the adapter on where {@code spotplane.providers.netbox.base-url} is set. */
@AutoConfiguration
@ConditionalOnProperty("spotplane.providers.netbox.base-url")
@EnableConfigurationProperties(NetBoxSettings.class)
class NetBoxAutoConfiguration {

    @Bean
    HostCatalog netBoxCatalog(NetBoxSettings settings, ProviderHttp http, CallGuards guards) {
        return catalog(settings, http, guards, InstantSource.system());
    }

    /** The adapter, without Spring. */
    static HostCatalog catalog(NetBoxSettings settings, ProviderHttp http, CallGuards guards, InstantSource clock) {
        var json = JsonMapper.builder().build();
        return new NetBoxCatalog(
                settings,
                http.client(settings.source(), settings.baseUrl(), settings.callTimeout()),
                json,
                new NetBoxFaults(settings, json, clock),
                guards.of(settings.source(), "devices"));
    }
}
