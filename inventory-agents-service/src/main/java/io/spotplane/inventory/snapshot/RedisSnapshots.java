package io.spotplane.inventory.snapshot;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.ClassPathResource;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.json.JsonMapper;

/**
 * Snapshots in Redis. What was decoded is remembered with its fence, so that reading an unchanged snapshot costs one small command; and it
 * still answers while Redis is away, with its age growing.
 */
@Component
class RedisSnapshots implements Snapshots {

    private static final Logger log = LoggerFactory.getLogger(RedisSnapshots.class);
    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final RedisScript<Long> KEEP =
            RedisScript.of(new ClassPathResource("redis/keep-snapshot.lua"), Long.class);

    private final ReactiveStringRedisTemplate redis;
    private final JsonMapper json;
    private final ConcurrentMap<Source<?>, Snapshot<?>> decoded = new ConcurrentHashMap<>();

    RedisSnapshots(ReactiveStringRedisTemplate redis, JsonMapper json) {
        this.redis = redis;
        this.json = json;
    }

    @Override
    public <T> Mono<Snapshot<T>> latest(Source<T> source) {
        return redis.<String, String>opsForHash()
                .get(key(source), "fence")
                .flatMap(fence -> decodedOrRead(source, Long.parseLong(fence)))
                .timeout(LIMIT)
                .onErrorResume(fault -> remembered(source, fault))
                .checkpoint("read snapshot " + source);
    }

    @Override
    public Mono<Boolean> keep(Snapshot<?> snapshot) {
        return Mono.fromCallable(() -> arguments(snapshot))
                .subscribeOn(Schedulers.parallel())
                .flatMapMany(arguments -> redis.execute(KEEP, List.of(key(snapshot.source())), arguments))
                .next()
                .map(kept -> kept == 1)
                .timeout(LIMIT)
                .checkpoint("keep snapshot " + snapshot.source());
    }

    private <T> Mono<Snapshot<T>> decodedOrRead(Source<T> source, long fence) {
        return Mono.justOrEmpty(decoded(source))
                .filter(snapshot -> snapshot.fence() == fence)
                .switchIfEmpty(Mono.defer(() -> read(source)));
    }

    private <T> Mono<Snapshot<T>> read(Source<T> source) {
        return redis.<String, String>opsForHash()
                .multiGet(key(source), List.of("fence", "asOf", "document"))
                .filter(fields -> fields.stream().allMatch(Objects::nonNull))
                .publishOn(Schedulers.parallel()) // a document of thousands of hosts is not for an event loop
                .map(fields -> decode(source, fields))
                .doOnNext(snapshot -> decoded.put(source, snapshot));
    }

    private <T> Mono<Snapshot<T>> remembered(Source<T> source, Throwable fault) {
        log.debug("snapshot {} comes from memory, Redis: {}", source, fault.getMessage());
        return Mono.justOrEmpty(decoded(source)).switchIfEmpty(Mono.error(fault));
    }

    @SuppressWarnings("unchecked") // put only by read(Source<T>)
    private <T> @Nullable Snapshot<T> decoded(Source<T> source) {
        return (Snapshot<T>) decoded.get(source);
    }

    private List<String> arguments(Snapshot<?> snapshot) {
        var document = new Document<>(snapshot.items(), snapshot.unreachable());
        return List.of(Long.toString(snapshot.fence()), snapshot.asOf().toString(), json.writeValueAsString(document));
    }

    private <T> Snapshot<T> decode(Source<T> source, List<String> fields) {
        var type = json.getTypeFactory().constructParametricType(Document.class, source.itemType());
        Document<T> document = json.readValue(fields.get(2), type);
        return new Snapshot<>(
                source,
                Instant.parse(fields.get(1)),
                Long.parseLong(fields.get(0)),
                document.items(),
                document.unreachable());
    }

    private static String key(Source<?> source) {
        return "spotplane:inventory:snapshot:" + source.name();
    }

    /** What is kept as JSON. */
    record Document<T>(List<T> items, Map<String, String> unreachable) {}
}
