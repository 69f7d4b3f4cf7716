package io.spotplane.inventory;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.ComponentScan;

/** The service's stores on real servers, without agents and web. */
@SpringBootConfiguration
@EnableAutoConfiguration
@ComponentScan({"io.spotplane.inventory.lease", "io.spotplane.inventory.snapshot", "io.spotplane.inventory.agent"})
public class StoresOnly {}
