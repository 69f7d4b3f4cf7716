package io.spotplane.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/** The architecture's rules, by name. */
final class Rules {

    private static final String SPI = "io.spotplane.providers.spi..";
    private static final String SUPPORT = "io.spotplane.providers.support..";
    private static final List<String> SERVICES =
            List.of("gateway", "pricing", "provisioning", "inventory", "notification");
    private static final List<String> ADAPTERS =
            List.of("aws", "runpod", "openstack", "netbox", "rackspace", "catalogue");
    private static final String[] SERVICE_PACKAGES = packages("io.spotplane.", SERVICES);
    private static final String[] ADAPTER_PACKAGES = packages("io.spotplane.providers.", ADAPTERS);

    private Rules() {}

    /** Every rule under the name that its planted breach carries too. */
    static Map<String, ArchRule> all() {
        return Map.of(
                "services never import each other", servicesNeverImportEachOther(),
                "services never import adapters", servicesNeverImportAdapters(),
                "only provisioning spends money", onlyProvisioningSpendsMoney(),
                "the simulator shares no class with anything of ours", simulatorStandsAlone(),
                "contracts are data only", contractsAreDataOnly(),
                "the SPI knows contracts and reactor only", spiKnowsContractsAndReactorOnly(),
                "platform has no domain", platformHasNoDomain(),
                "nothing is called Manager, Helper, Util or Common", honestNames(),
                "every package is null-marked", everyPackageIsNullMarked(),
                "money is never a binary float", moneyIsNeverABinaryFloat());
    }

    private static ArchRule servicesNeverImportEachOther() {
        return classes()
                .that(resideInAnyPackage(SERVICE_PACKAGES))
                .should(new ArchCondition<JavaClass>("depend on no other service") {
                    @Override
                    public void check(JavaClass origin, ConditionEvents events) {
                        origin.getDirectDependenciesFromSelf().stream()
                                .filter(dependency -> service(dependency.getTargetClass()) != null)
                                .filter(dependency ->
                                        !service(dependency.getTargetClass()).equals(service(origin)))
                                .forEach(dependency ->
                                        events.add(SimpleConditionEvent.violated(origin, dependency.getDescription())));
                    }
                });
    }

    private static @Nullable String service(JavaClass type) {
        return SERVICES.stream()
                .filter(name -> type.getPackageName().equals("io.spotplane." + name)
                        || type.getPackageName().startsWith("io.spotplane." + name + "."))
                .findFirst()
                .orElse(null);
    }

    private static ArchRule servicesNeverImportAdapters() {
        return noClasses()
                .that(resideInAnyPackage(SERVICE_PACKAGES))
                .should()
                .dependOnClassesThat(resideInAnyPackage(ADAPTER_PACKAGES));
    }

    private static ArchRule onlyProvisioningSpendsMoney() {
        return noClasses()
                .that(resideInAnyPackage(SERVICE_PACKAGES).and(resideOutsideOfPackages("io.spotplane.provisioning..")))
                .should()
                .dependOnClassesThat(describe(
                        "are part of launching",
                        type -> type.getPackageName().equals("io.spotplane.providers.spi")
                                && (type.getSimpleName().equals("InstanceLauncher")
                                        || type.getSimpleName().equals("LaunchOrder"))));
    }

    private static ArchRule simulatorStandsAlone() {
        return noClasses()
                .that(resideInAPackage("io.spotplane.simulator.."))
                .should()
                .dependOnClassesThat(
                        resideInAPackage("io.spotplane..").and(resideOutsideOfPackages("io.spotplane.simulator..")));
    }

    private static ArchRule contractsAreDataOnly() {
        return classes()
                .that(resideInAPackage("io.spotplane.contracts.."))
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "java..", "org.jspecify..", "com.fasterxml.jackson.annotation..", "io.spotplane.contracts.."));
    }

    private static ArchRule spiKnowsContractsAndReactorOnly() {
        return classes()
                .that(resideInAPackage(SPI))
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "java..",
                        "org.jspecify..",
                        "reactor.core..",
                        "org.reactivestreams..",
                        "io.spotplane.contracts..",
                        SPI));
    }

    private static ArchRule platformHasNoDomain() {
        return noClasses()
                .that(resideInAnyPackage("io.spotplane.kafka..", "io.spotplane.outbox..", "io.spotplane.web.."))
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage(concat(SERVICE_PACKAGES, ADAPTER_PACKAGES, new String[] {SPI, SUPPORT})));
    }

    private static ArchRule honestNames() {
        return noClasses()
                .that(resideInAPackage("io.spotplane.."))
                .should()
                .haveNameMatching(".*(Manager|Helper|Helpers|Util|Utils|Common)(\\$.*)?");
    }

    private static ArchRule everyPackageIsNullMarked() {
        return classes()
                .that(resideInAPackage("io.spotplane.."))
                .should(new ArchCondition<JavaClass>("live in a package that is @NullMarked") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
                            events.add(SimpleConditionEvent.violated(
                                    type, type.getPackageName() + " has no @NullMarked package-info"));
                        }
                    }
                });
    }

    private static ArchRule moneyIsNeverABinaryFloat() {
        return noFields()
                .that()
                .areDeclaredInClassesThat(resideInAPackage("io.spotplane.."))
                .and()
                .haveNameMatching("(?i).*(price|cost|amount|budget|balance|money|bid)")
                .should()
                .haveRawType(describe(
                        "double or float",
                        type -> Stream.of("double", "float", "java.lang.Double", "java.lang.Float")
                                .anyMatch(type.getName()::equals)));
    }

    private static String[] packages(String prefix, List<String> names) {
        return names.stream().map(name -> prefix + name + "..").toArray(String[]::new);
    }

    private static String[] concat(String[]... parts) {
        return Stream.of(parts).flatMap(Stream::of).toArray(String[]::new);
    }
}
