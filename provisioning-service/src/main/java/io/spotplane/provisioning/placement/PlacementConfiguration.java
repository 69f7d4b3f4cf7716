package io.spotplane.provisioning.placement;

import io.spotplane.provisioning.account.Accounts;
import io.spotplane.provisioning.budget.BudgetPolicy;
import io.spotplane.provisioning.offering.CoolDowns;
import io.spotplane.provisioning.offering.Offerings;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class PlacementConfiguration {

    @Bean
    Markets markets(Offerings offerings, CoolDowns coolDowns, Accounts accounts, InstantSource clock) {
        return new Markets(offerings, coolDowns, accounts.providers(), clock);
    }

    @Bean
    Placement placement(PlacementSettings settings, BudgetPolicy budget, Supplier<UUID> ids) {
        return new Placement(settings, budget, ids);
    }
}
