package io.spotplane.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.spotplane.stack.journey.SpotplaneApi;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OneStack.class)
class IdempotencyE2E {

    private static final String PATH = "/v1/gpu-requests";

    private SpotplaneApi api;

    @BeforeEach
    void signIn(RunningStack stack) {
        api = stack.operatorOf("idempotent-" + UUID.randomUUID().toString().substring(0, 8));
    }

    @Test
    void oneKeySentAHundredTimesAtOnceMakesOneRequest() throws Exception {
        // Given
        var key = UUID.randomUUID().toString();
        var body = Requests.hopeless("one");
        Callable<SpotplaneApi.Answer> call = () -> api.post(PATH, key, body);
        // When
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers =
                    callers.invokeAll(Stream.generate(() -> call).limit(100).toList());
            var ids = new java.util.HashSet<String>();
            for (var answer : answers) {
                ids.add(retried(answer.get(), call).body().path("id").asString());
            }
            // Then
            assertThat(ids).hasSize(1);
        }
        assertThat(StreamSupport.stream(
                                api.get(PATH).expect(200).body().path("items").spliterator(), false)
                        .map(request -> request.path("id").asString())
                        .collect(Collectors.toSet()))
                .hasSize(1);
    }

    /** A caller who is told that the first is still at work, or to slow down, sends the same again. */
    private static SpotplaneApi.Answer retried(SpotplaneApi.Answer answer, Callable<SpotplaneApi.Answer> call)
            throws Exception {
        var last = answer;
        for (int i = 0; i < 50 && (last.status() == 409 || last.status() == 429); i++) {
            Thread.sleep(200);
            last = call.call();
        }
        return last.expect(202);
    }

    @Test
    void theSameKeyWithAnotherBodyIsRefused() {
        // Given
        var key = UUID.randomUUID().toString();
        api.post(PATH, key, Requests.hopeless("one")).expect(202);
        // When
        var answer = api.post(PATH, key, Requests.hopeless("other"));
        // Then
        answer.expect(422);
        assertThat(answer.body().path("code").asString()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
    }

    @Test
    void withoutAKeyNothingIsBought() {
        // When
        var answer = api.post(PATH, null, Requests.hopeless("one"));
        // Then
        answer.expect(400);
        assertThat(answer.body().path("code").asString()).isEqualTo("IDEMPOTENCY_KEY_MISSING");
    }
}
