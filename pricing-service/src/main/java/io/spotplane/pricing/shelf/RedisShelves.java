package io.spotplane.pricing.shelf;

import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.pricing.book.BookJson;
import io.spotplane.pricing.offering.MarketReport;
import io.spotplane.pricing.offering.Shelf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.data.redis.connection.ReactiveRedisConnectionFactory;
import org.springframework.data.redis.connection.ReactiveSubscription;
import org.springframework.data.redis.core.ReactiveRedisTemplate;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.data.redis.serializer.RedisElementReader;
import org.springframework.data.redis.serializer.RedisElementWriter;
import org.springframework.data.redis.serializer.RedisSerializationContext;
import org.springframework.data.redis.serializer.RedisSerializer;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.json.JsonMapper;

/**
 * Shelves in Redis. For each market three keys with one hash tag: {@code head} (version, report), {@code versions} (at which version each
 * segment last changed) and {@code segments}. Both directions are one script each, so that nobody ever sees half a shelf.
 */
@Repository
class RedisShelves implements SharedShelves {

    /** Of the layout; a new one gets new keys, so that old and new replicas run side by side. */
    private static final String PREFIX = "spotplane:pricing:shelf:v2:";

    private static final String MARKETS = PREFIX + "markets";
    private static final String NEWS = PREFIX + "news";
    private static final long WHOLE = -1;
    private static final String OTHER_BASE = "OTHER_BASE";

    private static final RedisScript<String> PLACE =
            RedisScript.of(new ClassPathResource("redis/place-shelf.lua"), String.class);

    @SuppressWarnings("rawtypes")
    private static final RedisScript<List> LOOK =
            RedisScript.of(new ClassPathResource("redis/look-at-shelf.lua"), List.class);

    private static final RedisElementWriter<byte[]> BYTES = RedisElementWriter.from(RedisSerializer.byteArray());

    /** The list is read part by part, so that the type of a reader of lists is in truth that of its parts. */
    @SuppressWarnings({"rawtypes", "unchecked"})
    private static final RedisElementReader<List> PARTS =
            (RedisElementReader) RedisElementReader.from(RedisSerializer.byteArray());

    private final ReactiveRedisTemplate<String, byte[]> bytes;
    private final ReactiveStringRedisTemplate strings;
    private final ShelfSettings settings;
    private final JsonMapper json;

    RedisShelves(
            ReactiveRedisConnectionFactory connections,
            ReactiveStringRedisTemplate strings,
            ShelfSettings settings,
            BookJson bookJson) {
        this.bytes = new ReactiveRedisTemplate<>(
                connections,
                RedisSerializationContext.<String, byte[]>newSerializationContext(RedisSerializer.string())
                        .value(RedisSerializer.byteArray())
                        .build());
        this.strings = strings;
        this.settings = settings;
        this.json = bookJson.mapper();
    }

    @Override
    public Mono<Difference> difference(Map<String, Offering> offerings, Set<String> changed) {
        return changed.isEmpty()
                ? Mono.just(Difference.NONE)
                : Mono.fromCallable(() ->
                                new Difference(changed, Segments.encode(offerings.values(), Segments.of(changed))))
                        .subscribeOn(Schedulers.boundedElastic());
    }

    @Override
    public Mono<Placement> place(Shelf shelf, MarketReport report, long base, Difference difference) {
        return send(shelf, report, base, difference.segments())
                .flatMap(answer ->
                        answer.equals(OTHER_BASE) ? placeWhole(shelf, report) : Mono.just(Placement.valueOf(answer)));
    }

    @Override
    public Mono<Placement> placeWhole(Shelf shelf, MarketReport report) {
        return Mono.fromCallable(() -> Segments.encode(shelf.offerings().values(), Segments.all()))
                .subscribeOn(Schedulers.boundedElastic())
                .flatMap(segments -> send(shelf, report, WHOLE, segments))
                .map(Placement::valueOf);
    }

    private Mono<String> send(Shelf shelf, MarketReport report, long base, Map<Integer, byte[]> segments) {
        var arguments = arguments(shelf, report, base, segments);
        return strings.opsForSet().add(MARKETS, shelf.provider()).then(run(shelf.provider(), arguments));
    }

    private List<byte[]> arguments(Shelf shelf, MarketReport report, long base, Map<Integer, byte[]> segments) {
        var arguments = new ArrayList<byte[]>();
        arguments.add(text(shelf.version()));
        arguments.add(text(base));
        arguments.add(json.writeValueAsBytes(report));
        arguments.add(text(settings.keep().toSeconds()));
        arguments.add(text(NEWS));
        arguments.add(text(shelf.provider()));
        segments.forEach((segment, encoded) -> {
            arguments.add(text(segment));
            arguments.add(encoded);
        });
        return arguments;
    }

    private Mono<String> run(String provider, List<byte[]> arguments) {
        return bytes.execute(PLACE, keys(provider), arguments, BYTES, RedisElementReader.from(RedisSerializer.string()))
                .next();
    }

    @Override
    public Flux<String> markets() {
        return strings.opsForSet().members(MARKETS);
    }

    @Override
    public Mono<Display> look(Shelf known) {
        return bytes.execute(LOOK, keys(known.provider()), List.of(text(known.version())), BYTES, PARTS)
                .next()
                .publishOn(Schedulers.boundedElastic())
                .map(answer -> display(known, Answer.of(answer)));
    }

    private Display display(Shelf known, Answer answer) {
        var report = answer.report().isEmpty() ? null : json.readValue(answer.report(), MarketReport.class);
        return new Display(answer.version(), newest(known, answer), report);
    }

    private Shelf newest(Shelf known, Answer answer) {
        return answer.version() <= known.version()
                ? known
                : known.next(answer.version(), Segments.replace(known.offerings(), answer.segments()));
    }

    @Override
    public Flux<String> news() {
        return strings.listenToChannel(NEWS).map(ReactiveSubscription.Message::getMessage);
    }

    private static List<String> keys(String provider) {
        var key = PREFIX + "{" + provider + "}:";
        return List.of(key + "head", key + "versions", key + "segments");
    }

    private static byte[] text(Object value) {
        return value.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The script's answer, told apart: version, report, and segment by segment number and bytes. */
    private record Answer(long version, String report, Map<Integer, byte[]> segments) {

        static Answer of(List<?> parts) {
            var segments = new TreeMap<Integer, byte[]>();
            for (int at = 2; at + 1 < parts.size(); at += 2) {
                segments.put(Integer.parseInt(text(parts.get(at))), bytes(parts.get(at + 1)));
            }
            return new Answer(Long.parseLong(text(parts.get(0))), text(parts.get(1)), segments);
        }

        private static String text(@Nullable Object part) {
            return new String(bytes(part), StandardCharsets.UTF_8);
        }

        private static byte[] bytes(@Nullable Object part) {
            if (part instanceof byte[] bytes) {
                return bytes;
            }
            throw new IllegalStateException("redis answered " + part + ", expected bytes");
        }
    }
}
