package io.spotplane.inventory.announce;

import io.spotplane.contracts.event.Topics;
import io.spotplane.kafka.OwnedTopics;
import io.spotplane.kafka.OwnedTopics.Topic;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The topics that this service owns. */
@Configuration(proxyBeanMethods = false)
class HostTopics {

    @Bean
    OwnedTopics ownedTopics() {
        return OwnedTopics.of(Topic.compacted(Topics.HOSTS), Topic.compacted(Topics.AGGREGATES));
    }
}
