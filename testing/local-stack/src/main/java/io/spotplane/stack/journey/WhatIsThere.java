package io.spotplane.stack.journey;

import java.util.ArrayList;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Chapter 1: every host, from OpenStack and NetBox at the same time, and on Kafka. */
final class WhatIsThere {

    private final Scene scene;

    WhatIsThere(Scene scene) {
        this.scene = scene;
    }

    void tell() {
        scene.narrator().chapter("1  What is there: every host, from OpenStack and NetBox at the same time");
        var agents = Patience.until(
                "every agent's first sweep",
                Scene.SOON,
                () -> Optional.of(scene.api().get("/v1/agents").expect(200).body())
                        .filter(answer -> Scene.items(answer).count() > 0
                                && Scene.items(answer)
                                        .allMatch(agent ->
                                                agent.path("lastSuccessAt").isString())));
        Scene.items(agents)
                .forEach(agent -> scene.narrator()
                        .tell(
                                "agent",
                                "%-14s %-10s %5d items in %s"
                                        .formatted(
                                                agent.path("name").asString(),
                                                agent.path("source").asString(),
                                                agent.path("items").asInt(),
                                                Scene.millis(
                                                        agent.path("durationMs").asLong()))));
        var sweep = agents.path("sweep");
        scene.narrator()
                .good(
                        "sweep",
                        "%d hosts in %s instead of %s one call after another: %.1f times faster, %.0f hosts/s"
                                .formatted(
                                        sweep.path("hosts").asInt(),
                                        Scene.millis(sweep.path("durationMs").asLong()),
                                        Scene.millis(sweep.path("serialMs").asLong()),
                                        sweep.path("speedUp").asDouble(),
                                        sweep.path("hostsPerSecond").asDouble()));
        Scene.items(scene.api().get("/v1/gpu-types").expect(200).body()).forEach(this::tellPools);
        var hosts = Patience.until(
                "the hosts on Kafka",
                Scene.SOON,
                () -> Optional.of(scene.kafka().keys("spotplane.hosts"))
                        .filter(keys -> keys.size() >= sweep.path("hosts").asInt()));
        scene.narrator()
                .good(
                        "kafka",
                        "%d hosts and %d aggregates announced on spotplane.hosts and spotplane.aggregates"
                                .formatted(
                                        hosts.size(),
                                        scene.kafka()
                                                .keys("spotplane.aggregates")
                                                .size()));
    }

    private void tellPools(JsonNode type) {
        var pools = new ArrayList<String>();
        type.path("pools")
                .propertyStream()
                .forEach(pool -> pools.add("%s %d/%d"
                        .formatted(
                                pool.getKey(),
                                pool.getValue().path("gpusUsed").asInt(),
                                pool.getValue().path("gpusTotal").asInt())));
        scene.narrator()
                .detail("%-12s %3d hosts, %4d of %4d GPUs in use   %s"
                        .formatted(
                                type.path("gpuType").asString(),
                                type.path("hosts").asInt(),
                                type.path("gpusUsed").asInt(),
                                type.path("gpusTotal").asInt(),
                                String.join(" · ", pools)));
    }
}
