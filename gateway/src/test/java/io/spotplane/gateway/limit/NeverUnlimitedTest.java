package io.spotplane.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class NeverUnlimitedTest {

    private static final Rate RATE = new Rate(100, Duration.ofSeconds(60));
    private static final Duration WAIT = Duration.ofMillis(100);

    private final FakeBuckets shared = new FakeBuckets(Decision.Backend.REDIS);
    private final FakeBuckets local = new FakeBuckets(Decision.Backend.LOCAL);
    private final NeverUnlimited buckets = new NeverUnlimited(shared, local, WAIT, 4);

    @Test
    void countsTogetherWhileThatWorks() {
        assertThat(buckets.take("a", RATE).block().backend()).isEqualTo(Decision.Backend.REDIS);
        assertThat(local.asked).isEmpty();
    }

    @Test
    void countsByItselfWithItsShareWhenTheOthersCannotBeHeard() {
        // Given
        shared.answer = Mono.error(new IllegalStateException("not connected"));
        // When
        var decision = buckets.take("a", RATE).block();
        // Then
        assertThat(decision.backend()).isEqualTo(Decision.Backend.LOCAL);
        assertThat(local.asked).containsExactly(new Rate(25, Duration.ofSeconds(60)));
    }

    @Test
    void waitsNoLongerThanItIsTold() {
        StepVerifier.withVirtualTime(() -> {
                    shared.answer = Mono.never();
                    return buckets.take("a", RATE);
                })
                .expectSubscription()
                .expectNoEvent(WAIT.minusMillis(1))
                .thenAwait(Duration.ofMillis(1))
                .expectNextMatches(decision -> decision.backend() == Decision.Backend.LOCAL)
                .verifyComplete();
    }

    @Test
    void doesNotMakeEachRequestFindOutAgain() {
        // Given
        shared.answer = Mono.error(new IllegalStateException("not connected"));
        // When
        for (int i = 0; i < 50; i++) {
            buckets.take("a", RATE).block();
        }
        // Then
        assertThat(shared.subscribed).isLessThan(10);
        assertThat(local.asked).hasSize(50);
    }

    /** Remembers what it was asked. */
    private static final class FakeBuckets implements Buckets {

        private final List<Rate> asked = new ArrayList<>();
        private Mono<Decision> answer;
        private int subscribed;

        FakeBuckets(Decision.Backend backend) {
            this.answer = Mono.just(new Decision(true, 1, Duration.ZERO, backend));
        }

        @Override
        public Mono<Decision> take(String key, Rate rate) {
            asked.add(rate);
            return Mono.defer(() -> {
                subscribed++;
                return answer;
            });
        }
    }
}
