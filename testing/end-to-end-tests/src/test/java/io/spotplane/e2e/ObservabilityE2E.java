package io.spotplane.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.spotplane.stack.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OneStack.class)
class ObservabilityE2E {

    private static final Pattern METRIC = Pattern.compile("\\b(?:spotplane|http_server)_[a-z_]+[a-z]\\b");
    /** Exposed only after something rare happened; the code that counts them is tested where it stands. */
    private static final Set<String> RARE = Set.of(
            "spotplane_preemption_undelivered_total",
            "spotplane_gc_orphans_total",
            "spotplane_dead_letters_total",
            "spotplane_price_rejected_total",
            "spotplane_problems_total",
            "spotplane_launch_attempts_total",
            "spotplane_instance_transitions_total",
            "spotplane_instance_time_to_seconds_sum",
            "spotplane_instance_time_to_seconds_count",
            "spotplane_interruption_signals_total",
            "spotplane_webhook_attempts_total",
            "spotplane_instances",
            "spotplane_account_unreliable");

    @Test
    void everyMetricOnADashboardOrInAnAlertIsExposed(RunningStack stack) throws Exception {
        // Given
        stack.operatorOf("watcher").get("/v1/offerings").expect(200);
        // When
        var exposed = stack.scrape();
        // Then
        var wanted = named();
        wanted.removeAll(RARE);
        assertThat(wanted)
                .isNotEmpty()
                .allSatisfy(name -> assertThat(exposed).as("exposed metrics").contains("\n" + name));
    }

    @Test
    void aSecretIsInNoLog(RunningStack stack) throws IOException {
        try (var logs = Files.list(stack.logs())) {
            for (var log : logs.toList()) {
                assertThat(Files.readString(log))
                        .doesNotContain(stack.addresses().clientSecret());
            }
        }
    }

    private static Set<String> named() throws IOException {
        var names = new TreeSet<String>();
        try (var files = Files.walk(Checkout.find().root().resolve("observability"))) {
            for (var file : files.filter(ObservabilityE2E::asks).toList()) {
                var found = METRIC.matcher(Files.readString(file));
                while (found.find()) {
                    names.add(found.group());
                }
            }
        }
        return names;
    }

    private static boolean asks(Path file) {
        var name = file.getFileName().toString();
        return name.endsWith(".json") || name.equals("alerts.yml");
    }
}
