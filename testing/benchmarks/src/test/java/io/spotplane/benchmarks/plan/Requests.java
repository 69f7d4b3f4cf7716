package io.spotplane.benchmarks.plan;

import io.spotplane.pricing.recommendation.RecommendationRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import tools.jackson.databind.json.JsonMapper;

/** Requests of all kinds, as people write them, from a seed. */
final class Requests {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final List<String> CLASSES = List.of("gp", "ch", "mh");

    private final Random random;
    private final int mostNodes;
    private final double budgetScale;

    /** For at most {@code mostNodes} machines; {@code budgetScale} is about what one may cost an hour. */
    Requests(long seed, int mostNodes, double budgetScale) {
        this.random = new Random(seed);
        this.mostNodes = mostNodes;
        this.budgetScale = budgetScale;
    }

    RecommendationRequest next() {
        return read(text());
    }

    static RecommendationRequest read(String json) {
        return JSON.readValue(json, RecommendationRequest.class);
    }

    private String text() {
        int nodes = 1 + random.nextInt(mostNodes);
        var parts = new ArrayList<String>();
        if (random.nextInt(3) > 0) {
            parts.add("\"nodes\":" + nodes);
            if (random.nextInt(3) == 0) {
                parts.add("\"totals\":{\"vcpu\":" + nodes * (2 + random.nextInt(8)) + "}");
            }
        } else {
            parts.add("\"mostNodes\":" + mostNodes);
            parts.add("\"totals\":{\"vcpu\":" + nodes * (2 + random.nextInt(8)) + ",\"memoryMiB\":"
                    + 1024L * nodes * (4 + random.nextInt(30)) + "}");
        }
        if (random.nextInt(2) == 0) {
            parts.add("\"perNode\":{\"leastVcpu\":" + (1 << 1 + random.nextInt(4)) + "}");
        }
        if (random.nextInt(4) == 0) {
            parts.add("\"classes\":[\"" + CLASSES.get(random.nextInt(3)) + "\"]");
        }
        if (random.nextInt(3) == 0) {
            parts.add("\"risk\":\"" + List.of("LOW", "MED", "HIGH").get(random.nextInt(3)) + "\"");
        }
        budget(nodes, parts);
        spread(nodes, parts);
        return "{" + String.join(",", parts) + "}";
    }

    private void budget(int nodes, List<String> parts) {
        if (random.nextInt(2) == 0) {
            double most = nodes * budgetScale * (0.2 + 2 * random.nextDouble());
            var least = random.nextInt(4) == 0 ? ",\"least\":" + money(most * 0.9) : "";
            var basis = random.nextInt(4) == 0 ? ",\"basis\":\"WORST_CASE\"" : "";
            parts.add("\"budget\":{\"most\":" + money(most) + least + basis + "}");
        }
    }

    private static String money(double amount) {
        return String.format(Locale.ROOT, "{\"amount\":\"%.6f\",\"currency\":\"USD\"}", Math.max(amount, 0.000001));
    }

    private void spread(int nodes, List<String> parts) {
        var limits = new ArrayList<String>();
        int least = Math.ceilDiv(100, nodes);
        if (random.nextInt(3) == 0 && least < 100) {
            limits.add("\"mostPercentInPool\":" + (least + random.nextInt(101 - least)));
        }
        if (random.nextInt(3) == 0 && least < 100) {
            limits.add("\"mostPercentInRegion\":" + (least + random.nextInt(101 - least)));
        }
        if (random.nextInt(3) == 0) {
            limits.add("\"leftPercentWithoutAnyRegion\":" + random.nextInt(80));
        }
        if (!limits.isEmpty()) {
            parts.add("\"spread\":{" + String.join(",", limits) + "}");
        }
    }
}
