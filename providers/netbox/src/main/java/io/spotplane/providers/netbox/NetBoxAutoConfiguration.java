package io.spotplane.providers.netbox;

import io.spotplane.providers.spi.HostCatalog;
import io.spotplane.providers.support.CallGuards;
import io.spotplane.providers.support.ProviderHttp;
import java.time.InstantSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Switches the adapter on where {@code spotplane.providers.netbox.base-url} is set. */
@AutoConfiguration
@ConditionalOnProperty("spotplane.providers.netbox.base-url")
@EnableConfigurationProperties(NetBoxSettings.class)
class NetBoxAutoConfiguration {

    @Bean
    HostCatalog netBoxCatalog(NetBoxSettings settings, ProviderHttp http, CallGuards guards) {
        return NetBoxCatalog.of(settings, http, guards, InstantSource.system());
    }
}
