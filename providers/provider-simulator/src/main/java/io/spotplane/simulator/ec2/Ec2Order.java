package io.spotplane.simulator.ec2;

import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What RunInstances asked for. Two calls with one client token must be equal here. */
record Ec2Order(
        String region,
        String instanceType,
        String image,
        @Nullable String zone,
        boolean spot,
        @Nullable BigDecimal maxPrice,
        String clientToken,
        Map<String, String> tags) {}
