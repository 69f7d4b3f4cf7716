package io.spotplane.notification;

import io.spotplane.contracts.event.Topics;
import io.spotplane.kafka.OwnedTopics;
import java.time.Clock;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;

/** Starts the notification service. */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
public class NotificationService {

    /** Runs until stopped. */
    public static void main(String[] args) {
        SpringApplication.run(NotificationService.class, args);
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    OwnedTopics ownedTopics() {
        return OwnedTopics.of(OwnedTopics.Topic.log(Topics.DELIVERIES));
    }
}
