package io.spotplane.provisioning;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.properties.HasOwner;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.spotplane.providers.spi.InstanceLauncher;
import org.junit.jupiter.api.Test;

class PackageArrowsTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.spotplane.provisioning");

    @Test
    void packagesPointOneWay() {
        slices().matching("io.spotplane.provisioning.(*)..")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }

    @Test
    void onlyTheAccountCallsALauncher() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.spotplane.provisioning.account")
                .should()
                .callMethodWhere(JavaCall.Predicates.target(
                        HasOwner.Predicates.With.owner(JavaClass.Predicates.assignableTo(InstanceLauncher.class))))
                .check(CLASSES);
    }

    @Test
    void nothingThatDecidesAboutAnInstanceCanCallAnybody() {
        noClasses()
                .that()
                .resideInAnyPackage("io.spotplane.provisioning.instance", "io.spotplane.provisioning.budget")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("reactor..", "org.springframework.r2dbc..", "org.springframework.kafka..")
                .check(CLASSES);
    }
}
