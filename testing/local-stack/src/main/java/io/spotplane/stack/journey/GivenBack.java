package io.spotplane.stack.journey;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;

/** Chapter 5: every request is deleted, and the providers' own books prove that nothing is left. */
final class GivenBack {

    private final Scene scene;

    GivenBack(Scene scene) {
        this.scene = scene;
    }

    void tell(List<String> requests) {
        scene.narrator().chapter("5  Everything is given back");
        var last = Patience.until(
                "every request to have its final cost",
                Scene.SOON,
                () -> Optional.of(requests.stream().map(scene::request).toList()));
        requests.forEach(id -> scene.api().delete("/v1/gpu-requests/" + id).expect(202));
        last.forEach(request -> scene.narrator()
                .tell(
                        "delete",
                        request.path("name").asString("") + " "
                                + request.path("id").asString()));
        requests.forEach(id -> Patience.until(
                "request " + id + " to be TERMINATED with proof",
                Scene.SOON,
                () -> Optional.of(scene.request(id))
                        .filter(request ->
                                request.path("status").path("phase").asString().equals("TERMINATED"))));
        var alive = scene.weather().ledger().stream()
                .filter(machine -> machine.path("live").asBoolean())
                .toList();
        if (!alive.isEmpty()) {
            throw new JourneyFailed(alive.size() + " machines are still alive at the providers: " + alive);
        }
        scene.narrator()
                .good(
                        "proof",
                        "the providers' own books: %d machines were made, 0 are left"
                                .formatted(scene.weather().ledger().size()));
        var cost = requests.stream()
                .map(id -> new BigDecimal(scene.request(id)
                        .path("status")
                        .path("costSoFar")
                        .path("amount")
                        .asString()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        scene.narrator().good("cost", cost.setScale(6, RoundingMode.HALF_UP) + " $ in all");
    }
}
