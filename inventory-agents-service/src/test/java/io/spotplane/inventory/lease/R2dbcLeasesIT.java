package io.spotplane.inventory.lease;

import static io.spotplane.testing.BackingService.POSTGRES;
import static io.spotplane.testing.BackingService.REDIS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spotplane.storesonly.StoresOnly;
import io.spotplane.testing.Infrastructure;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;

@SpringBootTest(classes = StoresOnly.class, webEnvironment = WebEnvironment.NONE)
@Infrastructure({POSTGRES, REDIS})
class R2dbcLeasesIT {

    private final String duty = "duty-" + UUID.randomUUID();
    private final Leases.Terms minute = new Leases.Terms(duty, Duration.ofMinutes(1), Duration.ofMinutes(1));
    private final Leases.Terms moment = new Leases.Terms(duty, Duration.ZERO, Duration.ZERO);
    private final Leases one;
    private final Leases other;

    R2dbcLeasesIT(@Autowired DatabaseClient database) {
        one = new R2dbcLeases(database);
        other = new R2dbcLeases(database);
    }

    @Test
    void ofManyWhoAskOneGetsIt() {
        // When
        var taken = Flux.range(0, 20)
                .flatMap(n -> (n % 2 == 0 ? one : other).take(minute, true), 20)
                .collectList()
                .block();
        // Then
        assertThat(taken).hasSize(1);
    }

    @Test
    void isNotDueAgainBeforeItsRestUnlessAskedForNow() {
        // Given
        one.giveBack(one.take(minute, false).block()).block();
        // Then
        assertThat(other.take(minute, false).blockOptional()).isEmpty();
        assertThat(other.take(minute, true).blockOptional()).isPresent();
    }

    @Test
    void oneThatHasRunOutGoesToWhoeverAsksWithAGreaterFence() {
        // Given
        var paused = one.take(moment, false).block();
        // When
        var next = other.take(minute, false).block();
        // Then
        assertThat(next.fence()).isGreaterThan(paused.fence());
        assertThat(one.giveBack(paused).block()).isFalse();
        assertThatThrownBy(() -> one.prove(paused).block()).isInstanceOf(LeaseLost.class);
        assertThat(other.giveBack(next).block()).isTrue();
    }
}
