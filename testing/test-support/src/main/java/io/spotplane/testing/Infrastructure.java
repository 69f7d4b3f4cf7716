package io.spotplane.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs the test class against real servers.
 *
 * <p>In a plain JUnit test the handles ({@link PostgresServer}, {@link RedisServer}, {@link KafkaServer}) are parameters of
 * constructors, lifecycle and test methods. In a Spring test the annotation alone is enough: {@code spring.r2dbc.*},
 * {@code spring.flyway.*}, {@code spring.data.redis.*} and {@code spring.kafka.bootstrap-servers} point to the servers, and the
 * handles are beans.
 *
 * <p>The system property {@code spotplane.infrastructure} chooses where the servers come from: {@code embedded} (default) or
 * {@code containers}; with the latter the class is skipped, with the reason, when no Docker engine answers.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(InfrastructureExtension.class)
public @interface Infrastructure {

    /** The servers that this test class needs; no other is started for it. */
    BackingService[] value();
}
