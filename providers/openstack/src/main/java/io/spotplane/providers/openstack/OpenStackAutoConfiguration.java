package io.spotplane.providers.openstack;

import io.spotplane.providers.spi.HostInventory;
import io.spotplane.providers.support.CallGuards;
import io.spotplane.providers.support.ProviderHttp;
import java.time.InstantSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import tools.jackson.databind.json.JsonMapper;

/** Switches the adapter on where {@code spotplane.providers.openstack.auth-url} is set. */
@AutoConfiguration
@ConditionalOnProperty("spotplane.providers.openstack.auth-url")
@EnableConfigurationProperties(OpenStackSettings.class)
class OpenStackAutoConfiguration {

    @Bean
    HostInventory openStackInventory(OpenStackSettings settings, ProviderHttp http, CallGuards guards) {
        return inventory(settings, http, guards, InstantSource.system());
    }

    /** The adapter, without Spring. */
    static HostInventory inventory(
            OpenStackSettings settings, ProviderHttp http, CallGuards guards, InstantSource clock) {
        var json = JsonMapper.builder().build();
        var faults = new OpenStackFaults(settings, json, clock);
        var client = http.client(settings.source(), settings.authUrl(), settings.callTimeout());
        var login = guards.of(settings.source(), "keystone", 1);
        var calls = guards.of(settings.source(), "nova", settings.concurrentCalls());
        var keystone = new Keystone(settings, client, json, faults, login, clock);
        return new OpenStackInventory(settings.source(), new Nova(settings, keystone, client, json, faults, calls));
    }
}
