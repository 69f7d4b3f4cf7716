package io.spotplane.pricing;

import java.time.Clock;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;

/** Starts the pricing service. The adapters on the class path decide which markets there are. */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
public class PricingService {

    /** Runs until stopped. */
    public static void main(String[] args) {
        SpringApplication.run(PricingService.class, args);
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}
