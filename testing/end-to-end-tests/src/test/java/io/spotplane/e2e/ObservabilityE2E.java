package io.spotplane.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.spotplane.stack.Checkout;
import io.spotplane.stack.journey.Journey;
import io.spotplane.stack.journey.Narrator;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OneStack.class)
class ObservabilityE2E {

    private static final Pattern METRIC = Pattern.compile("\\b(?:spotplane|http_server)_[a-z_]+[a-z]\\b");
    private static final Pattern ALERT = Pattern.compile("- alert: (\\w+)");
    private static final Pattern RUNBOOK = Pattern.compile("runbook: observability/README\\.md#(\\w+)");
    /** Its reasons come from the markets, so that it begins to exist with the first row that is not believed. */
    private static final Set<String> RARE = Set.of("spotplane_price_rejected_total");

    /** Many metrics begin to exist with what they count, so something must happen first. */
    @BeforeAll
    static void letEverythingHappenOnce(RunningStack stack) {
        new Journey(stack.addresses(), Narrator.to(new PrintStream(OutputStream.nullOutputStream()))).play();
    }

    @Test
    void everyMetricOnADashboardOrInAnAlertIsExposed(RunningStack stack) throws Exception {
        // Given
        var wanted = named();
        wanted.removeAll(RARE);
        // When
        var exposed = names(stack.scrape());
        // Then
        assertThat(wanted).isNotEmpty().isSubsetOf(exposed);
    }

    private static Set<String> names(String scraped) {
        return scraped.lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("[{ ]", 2)[0])
                .collect(Collectors.toSet());
    }

    /** An anchor is the heading in small letters; what no heading has, nobody finds at night. */
    @Test
    void everyAlertHasItsRunbook() throws IOException {
        // Given
        var folder = Checkout.find().root().resolve("observability");
        var headings = Files.readString(folder.resolve("README.md"))
                .lines()
                .filter(line -> line.startsWith("## "))
                .map(line -> line.substring(3))
                .collect(Collectors.toSet());
        // When
        var alerts = Files.readString(folder.resolve("alerts.yml"));
        // Then
        assertThat(ALERT.matcher(alerts).results().map(found -> found.group(1)))
                .isNotEmpty()
                .isSubsetOf(headings);
        assertThat(RUNBOOK.matcher(alerts).results().map(found -> found.group(1)))
                .containsExactlyElementsOf(ALERT.matcher(alerts)
                        .results()
                        .map(found -> found.group(1).toLowerCase(Locale.ROOT))
                        .toList());
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
