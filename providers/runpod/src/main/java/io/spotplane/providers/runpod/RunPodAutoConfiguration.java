package io.spotplane.providers.runpod;

import io.spotplane.providers.spi.InstanceInspector;
import io.spotplane.providers.spi.InstanceLauncher;
import io.spotplane.providers.spi.MarketData;
import io.spotplane.providers.support.CallGuards;
import io.spotplane.providers.support.ProviderHttp;
import java.time.InstantSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** RunPod, switched on by {@code spotplane.providers.runpod.api-key}. */
@AutoConfiguration
@ConditionalOnProperty("spotplane.providers.runpod.api-key")
@EnableConfigurationProperties(RunPodSettings.class)
class RunPodAutoConfiguration {

    @Bean
    RunPodAccount runPodAccount(RunPodSettings settings, ProviderHttp http, CallGuards guards) {
        return RunPodAccount.of(settings, http, guards, InstantSource.system());
    }

    @Bean
    MarketData runPodMarketData(RunPodAccount account) {
        return account.marketData();
    }

    @Bean
    InstanceLauncher runPodLauncher(RunPodAccount account) {
        return account.launcher();
    }

    @Bean
    InstanceInspector runPodInspector(RunPodAccount account) {
        return account.inspector();
    }
}
