package io.spotplane.pricing.recommendation;

import io.spotplane.pricing.risk.ReclaimRisk;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

@Configuration(proxyBeanMethods = false)
class RecommendationConfiguration {

    private static final int MOST_WAITING = 64;

    /** Where thinking happens: on as many threads as there are processors, with a short queue; who finds it full is told to come again. */
    @Bean(destroyMethod = "dispose")
    Scheduler planning() {
        return Schedulers.newBoundedElastic(Runtime.getRuntime().availableProcessors(), MOST_WAITING, "planning");
    }

    @Bean
    Survivals survivals(ObjectProvider<BidSurvival> bids, ObjectProvider<ReclaimRisk> reclaims) {
        return new Survivals(bids.getIfAvailable(), reclaims.getIfAvailable());
    }
}
