package io.spotplane.inventory.snapshot;

import static io.spotplane.testing.BackingService.POSTGRES;
import static io.spotplane.testing.BackingService.REDIS;
import static org.assertj.core.api.Assertions.assertThat;

import io.spotplane.inventory.fake.KnownSources;
import io.spotplane.inventory.fake.ScriptedCloud;
import io.spotplane.providers.spi.HostInventory.Hypervisor;
import io.spotplane.storesonly.StoresOnly;
import io.spotplane.testing.Infrastructure;
import io.spotplane.testing.RedisServer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import tools.jackson.databind.json.JsonMapper;

@SpringBootTest(classes = StoresOnly.class, webEnvironment = WebEnvironment.NONE)
@Infrastructure({POSTGRES, REDIS})
class RedisSnapshotsIT {

    private static final Instant AT = Instant.parse("2026-11-21T10:00:00.123Z");

    private final ReactiveStringRedisTemplate redis;
    private final JsonMapper json;
    private final Snapshots snapshots;

    RedisSnapshotsIT(@Autowired ReactiveStringRedisTemplate redis, @Autowired JsonMapper json) {
        this.redis = redis;
        this.json = json;
        this.snapshots = new RedisSnapshots(redis, json);
    }

    @Test
    void isTheSameForAnotherReplicaAndAfterARestart() {
        // Given
        var source = Source.serversOf("ca1");
        var servers = List.of(new HostServers("a", AT, List.of(ScriptedCloud.server("a", 8))));
        var kept = new Snapshot<>(source, AT, 7, servers, Map.of("b", "no answer"));
        // When
        snapshots.keep(kept).block();
        // Then
        assertThat(new RedisSnapshots(redis, json).latest(source).block()).isEqualTo(kept);
    }

    @Test
    void keepsEveryKind() {
        keepsAndReads(Source.aggregatesOf("ca1"), KnownSources.aggregate("1", "H100-n3", "a"));
        keepsAndReads(Source.hypervisorsOf("ca1"), KnownSources.hypervisor("a", "up", "enabled"));
        keepsAndReads(Source.gpuUseOf("ca1"), new GpuUse("a", AT, 1, null, 0));
        keepsAndReads(Source.devicesOf("netbox"), KnownSources.device("a", "active", null));
    }

    @Test
    void aLaterOneReplacesAndAnEarlierOneIsDropped() {
        // Given
        var source = Source.hypervisorsOf("replaced");
        snapshots.keep(snapshot(source, 5, "a")).block();
        // When
        var later = snapshots.keep(snapshot(source, 6, "b")).block();
        var late = snapshots.keep(snapshot(source, 4, "c")).block();
        // Then
        assertThat(later).isTrue();
        assertThat(late).isFalse();
        assertThat(snapshots.latest(source).block()).isEqualTo(snapshot(source, 6, "b"));
    }

    @Test
    void aSourceThatWasNeverSeenHasNone() {
        assertThat(snapshots.latest(Source.hypervisorsOf("never")).blockOptional())
                .isEmpty();
    }

    @Test
    void whatWasReadOnceIsStillThereWhileRedisIsAway(RedisServer server) {
        // Given
        var connections = connectionsTo(server);
        var replica = new RedisSnapshots(new ReactiveStringRedisTemplate(connections), json);
        var source = Source.hypervisorsOf("outlived");
        replica.keep(snapshot(source, 1, "a")).block();
        replica.latest(source).block();
        // When
        connections.destroy();
        // Then
        assertThat(replica.latest(source).block()).isEqualTo(snapshot(source, 1, "a"));
    }

    private <T> void keepsAndReads(Source<T> source, T item) {
        var kept = new Snapshot<>(source, AT, 1, List.of(item), Map.of());
        snapshots.keep(kept).block();
        assertThat(snapshots.latest(source).block()).isEqualTo(kept);
    }

    private static Snapshot<Hypervisor> snapshot(Source<Hypervisor> source, long fence, String host) {
        return new Snapshot<>(source, AT, fence, List.of(KnownSources.hypervisor(host, "up", "enabled")), Map.of());
    }

    private static LettuceConnectionFactory connectionsTo(RedisServer server) {
        var settings = new RedisStandaloneConfiguration(server.host(), server.port());
        settings.setDatabase(server.database());
        settings.setPassword(server.password());
        var connections = new LettuceConnectionFactory(settings);
        connections.afterPropertiesSet();
        connections.start();
        return connections;
    }
}
