package io.spotplane.provisioning.account;

import io.spotplane.providers.spi.InstanceInspector;
import io.spotplane.providers.spi.InstanceLauncher;
import io.spotplane.providers.spi.InterruptionFeed;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class AccountConfiguration {

    @Bean
    Accounts accounts(
            ObjectProvider<InstanceLauncher> launchers,
            ObjectProvider<InstanceInspector> inspectors,
            ObjectProvider<InterruptionFeed> feeds,
            AccountSettings settings) {
        return Accounts.of(
                launchers.orderedStream().toList(),
                inspectors.orderedStream().toList(),
                feeds.orderedStream().toList(),
                settings);
    }
}
