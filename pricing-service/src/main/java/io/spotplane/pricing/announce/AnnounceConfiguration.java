package io.spotplane.pricing.announce;

import io.spotplane.contracts.event.Topics;
import io.spotplane.kafka.OwnedTopics;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The topics that this service owns: the latest state of every offering, and what alerts tell. */
@Configuration(proxyBeanMethods = false)
class AnnounceConfiguration {

    @Bean
    OwnedTopics ownedTopics() {
        return OwnedTopics.of(
                OwnedTopics.Topic.compacted(Topics.OFFERINGS), OwnedTopics.Topic.log(Topics.PRICE_ALERTS));
    }
}
