package io.spotplane.testing;

import java.util.Set;
import org.springframework.test.context.TestContextAnnotationUtils;

/**
 * What a test class asked for.
 *
 * @param owner to whom databases belong: the outermost annotated class, so that nested classes share them
 * @param services as written in the annotation
 */
record Demand(Class<?> owner, Set<BackingService> services) {

    /** @throws IllegalStateException if neither the class nor an enclosing one carries {@link Infrastructure} */
    static Demand of(Class<?> testClass) {
        var annotation = TestContextAnnotationUtils.findMergedAnnotation(testClass, Infrastructure.class);
        if (annotation == null) {
            throw new IllegalStateException(testClass.getName() + " has no @Infrastructure");
        }
        return new Demand(owner(testClass), Set.of(annotation.value()));
    }

    static boolean isMadeBy(Class<?> testClass) {
        return TestContextAnnotationUtils.hasAnnotation(testClass, Infrastructure.class);
    }

    PostgresServer postgres(RunningServers servers) {
        check(BackingService.POSTGRES);
        return servers.postgresOf(owner);
    }

    RedisServer redis(RunningServers servers) {
        check(BackingService.REDIS);
        return servers.redisOf(owner);
    }

    KafkaServer kafka(RunningServers servers) {
        check(BackingService.KAFKA);
        return servers.kafka();
    }

    private void check(BackingService service) {
        if (!services.contains(service)) {
            throw new IllegalStateException(
                    "%s uses %s, but its @Infrastructure names %s".formatted(owner.getName(), service, services));
        }
    }

    private static Class<?> owner(Class<?> testClass) {
        var enclosing = testClass.getEnclosingClass();
        return enclosing != null && isMadeBy(enclosing) ? owner(enclosing) : testClass;
    }
}
