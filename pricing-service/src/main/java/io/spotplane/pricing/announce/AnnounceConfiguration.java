package io.spotplane.pricing.announce;

import io.spotplane.contracts.event.Topics;
import io.spotplane.kafka.OwnedTopics;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The topic that this service owns: the latest state of every offering. */
@Configuration(proxyBeanMethods = false)
class AnnounceConfiguration {

    @Bean
    OwnedTopics ownedTopics() {
        return OwnedTopics.of(OwnedTopics.Topic.compacted(Topics.OFFERINGS));
    }
}
