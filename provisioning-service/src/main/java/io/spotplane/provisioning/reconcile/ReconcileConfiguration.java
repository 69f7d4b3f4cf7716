package io.spotplane.provisioning.reconcile;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.spotplane.provisioning.account.AccountSettings;
import io.spotplane.provisioning.account.AccountTurns;
import io.spotplane.provisioning.account.Accounts;
import io.spotplane.provisioning.budget.BudgetPolicy;
import io.spotplane.provisioning.holding.Book;
import io.spotplane.provisioning.holding.WakeUps;
import io.spotplane.provisioning.interruption.InterruptionPolling;
import io.spotplane.provisioning.interruption.InterruptionSettings;
import io.spotplane.provisioning.placement.Markets;
import io.spotplane.provisioning.placement.Placement;
import io.spotplane.provisioning.placement.PlacementSettings;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;

@Configuration(proxyBeanMethods = false)
class ReconcileConfiguration {

    @Bean
    AccountTurns accountTurns(DatabaseClient database, ReconcileSettings settings, Supplier<UUID> ids) {
        return new AccountTurns(database, "provisioning-" + ids.get(), settings.lease());
    }

    @Bean
    Reconcilers reconcilers(
            Book book,
            Accounts accounts,
            AccountTurns turns,
            Markets markets,
            Placement placement,
            BudgetPolicy budget,
            AccountSettings account,
            PlacementSettings placing,
            ReconcileSettings settings,
            MeterRegistry registry,
            InstantSource clock) {
        return Reconcilers.of(
                book, accounts, turns, markets, placement, budget, account, placing, settings, registry, clock);
    }

    @Bean
    RequestLoop requestLoop(
            Book book,
            Reconcilers reconcilers,
            WakeUps wakeUps,
            ReconcileSettings settings,
            ObservationRegistry observations) {
        return new RequestLoop(book, reconcilers.requests(), wakeUps, settings, new Traces(observations));
    }

    @Bean
    AccountLoop accountLoop(
            Accounts accounts, AccountTurns turns, Reconcilers reconcilers, ReconcileSettings settings) {
        return new AccountLoop(accounts, turns, reconcilers.accounts(), settings);
    }

    @Bean
    InterruptionLoop interruptionLoop(InterruptionPolling polling, InterruptionSettings settings) {
        return new InterruptionLoop(polling, settings.poll());
    }

    @Bean
    Stocktaking stocktaking(DatabaseClient database, MeterRegistry registry, ReconcileSettings settings) {
        return new Stocktaking(database, registry, settings.idle());
    }
}
