package io.spotplane.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.spotplane.stack.Progress;
import io.spotplane.stack.journey.SpotplaneApi;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/**
 * A power cut: every process of the stack dies by SIGKILL at the same moment, and {@code up} starts all of it again. The simulated clouds die,
 * too, but write their machines down before they answer, so that they are as forgetful as real ones: not at all.
 */
@ExtendWith(OneStack.class)
class DurabilityE2E {

    private static final Duration SOON = Duration.ofSeconds(60);
    /** Longer than the visibility window and several listings of an account: time enough to do something wrong. */
    private static final Duration A_WHILE = Duration.ofSeconds(20);

    @Test
    void everythingIsFoundAgainAfterTheDeathOfEverything(RunningStack stack) throws Exception {
        // Given
        var api = stack.operatorOf("durable-" + UUID.randomUUID().toString().substring(0, 8));
        var requests = new Requests(api);
        var wishes = List.of(requests.wishFor("aws"), requests.wishFor("runpod"));
        wishes.forEach(wish -> requests.awaitPhase(wish, "READY"));
        var machines = wishes.stream().map(requests::machineOf).toList();
        var key = UUID.randomUUID().toString();
        var hopeless =
                api.post("/v1/gpu-requests", key, Requests.hopeless("kept")).expect(202);
        var subscription = subscribe(api);
        var hosts = await("all hosts")
                .atMost(SOON)
                .until(() -> items(api, "/v1/hosts?pageSize=200").size(), n -> n >= 120);
        var history = "/v1/offerings/"
                + items(api, "/v1/offerings?gpu=L4&provider=aws")
                        .getFirst()
                        .path("id")
                        .asString() + "/history";
        var past = await("a price to be written down")
                .atMost(SOON)
                .until(() -> items(api, history), list -> !list.isEmpty());
        // When
        stack.processes().killAll();
        assertThat(stack.processes().names())
                .allMatch(name -> stack.processes().pid(name).isEmpty());
        var took = stack.processes().up(Progress.SILENT);
        System.out.printf("up again %.1f s after the death of everything%n", took.toMillis() / 1000.0);
        // Then
        for (int i = 0; i < wishes.size(); i++) {
            var wish = wishes.get(i);
            var machine = machines.get(i);
            await("the same machine to serve, and no other")
                    .during(A_WHILE)
                    .atMost(A_WHILE.plus(SOON))
                    .until(() -> requests.phase(wish).equals("READY")
                            && requests.instances(wish).size() == 1
                            && requests.machineOf(wish).equals(machine));
        }
        assertThat(living(stack)).as("machines that live at the clouds").containsAll(machines);
        assertThat(api.post("/v1/gpu-requests", key, Requests.hopeless("kept"))
                        .expect(202)
                        .body()
                        .path("id"))
                .as("the request of a key used before")
                .isEqualTo(hopeless.body().path("id"));
        assertThat(api.get("/v1/subscriptions/" + subscription)
                        .expect(200)
                        .body()
                        .path("eventTypes")
                        .toString())
                .contains("request-settled");
        assertThat(items(api, "/v1/hosts?pageSize=200")).hasSize(hosts);
        assertThat(items(api, history)).containsAll(past);
        // And what was found again can be given back
        wishes.forEach(requests::delete);
        wishes.forEach(wish -> requests.awaitPhase(wish, "TERMINATED"));
        assertThat(living(stack)).as("machines that live at the clouds").doesNotContainAnyElementsOf(machines);
        api.delete("/v1/gpu-requests/" + hopeless.body().path("id").asString()).expect(202);
    }

    private static String subscribe(SpotplaneApi api) {
        return api.post("/v1/subscriptions", null, """
                        {"name":"kept","channel":"WEBHOOK","url":"http://127.0.0.1:9/","eventTypes":["io.spotplane.provisioning.request-settled.v1"]}""")
                .expect(201)
                .body()
                .path("id")
                .asString();
    }

    private static List<JsonNode> items(SpotplaneApi api, String path) {
        return StreamSupport.stream(
                        api.get(path).expect(200).body().path("items").spliterator(), false)
                .toList();
    }

    private static List<String> living(RunningStack stack) {
        return stack.weather().ledger().stream()
                .filter(machine -> machine.path("live").asBoolean())
                .map(machine -> machine.path("id").asString())
                .collect(Collectors.toList());
    }
}
