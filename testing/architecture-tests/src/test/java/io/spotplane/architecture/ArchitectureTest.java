package io.spotplane.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ArchitectureTest {

    /** Where each breach is planted: classes of this module's tests that pretend to live elsewhere. */
    private static final Map<String, String> BREACHES = Map.of(
            "services never import each other", "io.spotplane.pricing.planted.imports",
            "services never import adapters", "io.spotplane.pricing.planted.adapter",
            "only provisioning spends money", "io.spotplane.pricing.planted.spends",
            "the simulator shares no class with anything of ours", "io.spotplane.simulator.planted",
            "contracts are data only", "io.spotplane.contracts.planted",
            "the SPI knows contracts and reactor only", "io.spotplane.providers.spi.planted",
            "platform has no domain", "io.spotplane.outbox.planted",
            "nothing is called Manager, Helper, Util or Common", "io.spotplane.pricing.planted.names",
            "every package is null-marked", "io.spotplane.pricing.planted.unmarked",
            "money is never a binary float", "io.spotplane.pricing.planted.money");

    @TestFactory
    Stream<DynamicTest> everyRuleHolds() {
        JavaClasses ours = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .withImportOption(location -> !location.contains("/test-classes/"))
                .importPackages("io.spotplane");
        assertThat(ours.size()).as("classes of ours on the class path").isGreaterThan(100);
        return rules().map(rule -> DynamicTest.dynamicTest(
                rule.getKey(), () -> rule.getValue().allowEmptyShould(false).check(ours)));
    }

    @TestFactory
    Stream<DynamicTest> everyRuleBitesWhenItIsBrokenOnPurpose() {
        return rules().map(rule -> DynamicTest.dynamicTest(rule.getKey(), () -> {
            var planted = new ClassFileImporter().importPackages(BREACHES.get(rule.getKey()));
            assertThat(planted).as("planted breach").isNotEmpty();
            assertThat(rule.getValue().evaluate(planted).hasViolation()).isTrue();
        }));
    }

    private static Stream<Map.Entry<String, ArchRule>> rules() {
        return Rules.all().entrySet().stream().sorted(Map.Entry.comparingByKey());
    }
}
