package io.spotplane.testing;

/** A server that a test class may ask for with {@link Infrastructure}. */
public enum BackingService {

    /** PostgreSQL 18; every test class has a fresh database of its own. Handle: {@link PostgresServer}. */
    POSTGRES,

    /** Redis; every test class has a numbered database of its own. Handle: {@link RedisServer}. */
    REDIS,

    /** Kafka in KRaft combined mode; one broker for the JVM, topics are the test's business. Handle: {@link KafkaServer}. */
    KAFKA
}
