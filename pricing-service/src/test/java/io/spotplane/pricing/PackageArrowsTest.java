package io.spotplane.pricing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class PackageArrowsTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.spotplane.pricing");

    @Test
    void packagesPointOneWay() {
        slices().matching("io.spotplane.pricing.(*)..")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }

    @Test
    void onlyTheShelfKnowsRedis() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.spotplane.pricing.shelf")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework.data.redis..", "io.lettuce..")
                .check(CLASSES);
    }

    @Test
    void onlyClassesThatSaySoKnowTheDatabase() {
        noClasses()
                .that()
                .haveNameNotMatching(".*\\.(R2dbc\\w+|PriceHistory|KeepPartitions)(\\$.*)?")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework.r2dbc..", "io.r2dbc..")
                .check(CLASSES);
    }

    @Test
    void onlyCollectingKnowsTheProviders() {
        noClasses()
                .that()
                .resideOutsideOfPackages("io.spotplane.pricing.market", "io.spotplane.pricing.auction")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.spotplane.providers..")
                .check(CLASSES);
    }
}
