package io.spotplane.gateway;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The public entrance of Spotplane. */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
public class Gateway {

    /** Starts the gateway. */
    public static void main(String[] arguments) {
        SpringApplication.run(Gateway.class, arguments);
    }
}
