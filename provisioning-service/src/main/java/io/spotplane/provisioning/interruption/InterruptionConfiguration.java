package io.spotplane.provisioning.interruption;

import io.micrometer.core.instrument.MeterRegistry;
import io.spotplane.provisioning.account.AccountWake;
import io.spotplane.provisioning.account.Accounts;
import io.spotplane.provisioning.holding.Book;
import io.spotplane.provisioning.placement.Markets;
import io.spotplane.provisioning.placement.Placement;
import io.spotplane.provisioning.placement.PlacementSettings;
import io.spotplane.web.PublicPaths;
import java.time.InstantSource;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.reactive.TransactionalOperator;

@Configuration(proxyBeanMethods = false)
class InterruptionConfiguration {

    /** Providers carry no tokens: the intake checks their own key. */
    @Bean
    PublicPaths providerEvents() {
        return new PublicPaths(List.of("/v1/provider-events/**"));
    }

    @Bean
    RecordInterruption recordInterruption(
            Signals signals,
            Book book,
            Markets markets,
            Placement placement,
            PlacementSettings settings,
            TransactionalOperator transaction,
            MeterRegistry meters,
            InstantSource clock) {
        return new RecordInterruption(
                signals, book, markets, placement, settings.interruptionCoolDown(), transaction, meters, clock);
    }

    @Bean
    InterruptionPolling interruptionPolling(
            Accounts accounts, RecordInterruption interruptions, AccountWake wake, InterruptionSettings settings) {
        return new InterruptionPolling(accounts, interruptions, wake, settings.keepUnmatched());
    }
}
