package io.spotplane.testing;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The servers of this JVM, each started once, on its own thread, when first asked for; and the part of each that belongs to a
 * test class.
 *
 * <p>Platform threads: a virtual thread that loads classes can pin its carrier while the owner of the lock waits for one.
 */
final class RunningServers {

    private static final Logger log = LoggerFactory.getLogger(RunningServers.class);

    /** Started servers cannot be shared more widely than the JVM, nor should they be fewer. */
    static final RunningServers OF_THIS_JVM = new RunningServers(Servers.chosen());

    private final Map<BackingService, CompletableFuture<?>> starts = new ConcurrentHashMap<>();
    private final Map<Class<?>, PostgresServer> databases = new ConcurrentHashMap<>();
    private final Map<Class<?>, RedisServer> keyspaces = new ConcurrentHashMap<>();
    private final AtomicInteger serial = new AtomicInteger();
    private final Servers servers;

    RunningServers(Servers servers) {
        this.servers = servers;
    }

    /** Empty when they can be had; otherwise why not. */
    String unavailable() {
        return servers instanceof ContainerServers && !ContainerServers.available()
                ? "spotplane.infrastructure=containers, but no Docker engine answers"
                : "";
    }

    /** Begins to start what is not running yet and returns at once. */
    void require(Set<BackingService> services) {
        services.forEach(this::start);
    }

    PostgresServer postgresOf(Class<?> testClass) {
        PostgresServer server = await(BackingService.POSTGRES);
        return databases.computeIfAbsent(testClass, freshDatabase(server));
    }

    RedisServer redisOf(Class<?> testClass) {
        RedisServer server = await(BackingService.REDIS);
        return keyspaces.computeIfAbsent(
                testClass,
                any -> new RedisServer(server.host(), server.port(), nextRedisDatabase(), server.password()));
    }

    KafkaServer kafka() {
        return await(BackingService.KAFKA);
    }

    private int nextRedisDatabase() {
        var next = serial.incrementAndGet();
        if (next >= Servers.REDIS_DATABASES) {
            throw new IllegalStateException(
                    "too many test classes for " + Servers.REDIS_DATABASES + " Redis databases in one JVM");
        }
        return next;
    }

    private Function<Class<?>, PostgresServer> freshDatabase(PostgresServer server) {
        return testClass -> {
            var name = "t%d_%s"
                    .formatted(
                            serial.incrementAndGet(), testClass.getSimpleName().toLowerCase(Locale.ROOT));
            return createDatabase(server, name, Secrets.fresh());
        };
    }

    private static PostgresServer createDatabase(PostgresServer server, String name, String password) {
        try (var connection = server.dataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create role %s login password '%s'".formatted(name, password));
            statement.execute("create database %s owner %s template template1".formatted(name, name));
            return new PostgresServer(server.host(), server.port(), name, name, password);
        } catch (SQLException e) {
            throw new IllegalStateException("could not create database " + name, e);
        }
    }

    @SuppressWarnings("unchecked") // the kind of handle follows from the service, see launch
    private <T> T await(BackingService service) {
        try {
            return (T) start(service).join();
        } catch (CompletionException e) {
            throw new IllegalStateException(service + " did not start", e.getCause());
        }
    }

    private CompletableFuture<?> start(BackingService service) {
        return starts.computeIfAbsent(service, this::launch);
    }

    private CompletableFuture<?> launch(BackingService service) {
        return switch (service) {
            case POSTGRES -> launch(service, servers::startPostgres);
            case REDIS -> launch(service, servers::startRedis);
            case KAFKA -> launch(service, servers::startKafka);
        };
    }

    private static <T> CompletableFuture<T> launch(BackingService service, Callable<T> start) {
        var begin = System.nanoTime();
        return CompletableFuture.supplyAsync(
                () -> {
                    var handle = call(start);
                    log.info(
                            "{} ready in {} ms",
                            service,
                            Duration.ofNanos(System.nanoTime() - begin).toMillis());
                    return handle;
                },
                Thread.ofPlatform().daemon().name("start-" + service)::start);
    }

    private static <T> T call(Callable<T> start) {
        try {
            return start.call();
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }
}
