package io.spotplane.storesonly;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;

/** The service's stores on real servers, without agents and web. Beside the service's package, so that the service does not find it. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@ComponentScan({"io.spotplane.inventory.lease", "io.spotplane.inventory.snapshot", "io.spotplane.inventory.agent"})
public class StoresOnly {}
