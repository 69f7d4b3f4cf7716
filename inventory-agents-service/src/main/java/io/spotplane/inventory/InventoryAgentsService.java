package io.spotplane.inventory;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Sees every host of every configured cloud, and says what changed. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class InventoryAgentsService {

    public static void main(String[] args) {
        SpringApplication.run(InventoryAgentsService.class, args);
    }
}
