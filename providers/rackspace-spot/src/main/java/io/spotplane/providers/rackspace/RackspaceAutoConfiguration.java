package io.spotplane.providers.rackspace;

import io.spotplane.providers.spi.AuctionHistory;
import io.spotplane.providers.spi.MarketData;
import io.spotplane.providers.support.CallGuards;
import io.spotplane.providers.support.ProviderHttp;
import java.time.InstantSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Rackspace Spot's market, switched on by {@code spotplane.providers.rackspace.enabled}. */
@AutoConfiguration
@ConditionalOnBooleanProperty("spotplane.providers.rackspace.enabled")
@EnableConfigurationProperties(RackspaceSettings.class)
class RackspaceAutoConfiguration {

    @Bean
    RackspaceAccount rackspaceAccount(RackspaceSettings settings, ProviderHttp http, CallGuards guards) {
        return RackspaceAccount.of(settings, http, guards, InstantSource.system());
    }

    @Bean
    MarketData rackspaceMarketData(RackspaceAccount account) {
        return account.marketData();
    }

    @Bean
    AuctionHistory rackspaceAuctionHistory(RackspaceAccount account) {
        return account.auctionHistory();
    }
}
