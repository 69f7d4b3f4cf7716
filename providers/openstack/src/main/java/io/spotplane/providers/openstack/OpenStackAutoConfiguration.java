package io.spotplane.providers.openstack;

import io.spotplane.providers.spi.HostInventory;
import io.spotplane.providers.support.CallGuards;
import io.spotplane.providers.support.ProviderHttp;
import java.time.InstantSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Switches the adapter on where {@code spotplane.providers.openstack.auth-url} is set. */
@AutoConfiguration
@ConditionalOnProperty("spotplane.providers.openstack.auth-url")
@EnableConfigurationProperties(OpenStackSettings.class)
class OpenStackAutoConfiguration {

    @Bean
    HostInventory openStackInventory(OpenStackSettings settings, ProviderHttp http, CallGuards guards) {
        return OpenStackInventory.of(settings, http, guards, InstantSource.system());
    }
}
