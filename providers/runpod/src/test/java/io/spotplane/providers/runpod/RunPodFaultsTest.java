package io.spotplane.providers.runpod;

import static org.assertj.core.api.Assertions.assertThat;

import io.spotplane.contracts.vocabulary.Refusal;
import io.spotplane.providers.support.HttpAnswer;
import io.spotplane.providers.support.Redaction;
import io.spotplane.providers.support.Secret;
import java.net.ConnectException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpHeaders;

class RunPodFaultsTest {

    private final RunPodFaults faults = new RunPodFaults(
            Redaction.of(Secret.of("s3cr3t")), InstantSource.fixed(Instant.parse("2026-11-21T00:00:00Z")));

    /** Sentences as users recorded them. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | SUPPLY_CONSTRAINT | There are no longer any instances available with the requested specifications. Please refresh and try again. | NO_CAPACITY",
                "200 | | There are no longer any instances available with the request specifications. Please try again later. | NO_CAPACITY",
                "200 | | There are no instances available with the request specifications. | NO_CAPACITY",
                "500 | | create pod: There are no longer any instances available with the requested specifications. | NO_CAPACITY",
                "400 | | There are no longer any instances available with the requested specifications. | NO_CAPACITY",
                "200 | | There are not enough free GPUs on the host machine to start this pod. | NO_CAPACITY",
                "200 | INSUFFICIENT_BALANCE | Your account balance is too low to rent a pod. | INSUFFICIENT_FUNDS",
                "500 | | create pod: Your account balance is too low to rent a pod. Please add funds to your account. | INSUFFICIENT_FUNDS",
                "402 | | Payment Required | INSUFFICIENT_FUNDS",
                "200 | | Your bid is below the minimum bid price. | PRICE_TOO_LOW",
                "200 | | pod not found to terminate | GONE",
                "404 | | | GONE",
                "401 | | missing bearer token | AUTH",
                "403 | | | AUTH",
                "422 | | unknown field | INVALID",
                "400 | | gpu count is too high for this rule | INVALID",
                "200 | GRAPHQL_VALIDATION_FAILED | Cannot query field | INVALID",
                "429 | | | THROTTLED",
                "200 | | Rate limit exceeded | THROTTLED",
                "500 | | Something went wrong | AMBIGUOUS",
                "200 | INTERNAL_SERVER_ERROR | Something went wrong. Please try again later. | AMBIGUOUS",
                "302 | | | AMBIGUOUS"
            })
    void readsCodeThenSentenceThenStatus(int status, @Nullable String code, @Nullable String said, Refusal meaning) {
        assertThat(faults.refused(answer(status, "{}", null), code, said)
                        .verdict()
                        .refusal())
                .isEqualTo(meaning);
    }

    @Test
    void keepsPatienceAndDropsTheSecret() {
        // When
        var verdict = faults.refused(answer(429, "{}", "7"), null, "slow down, s3cr3t")
                .verdict();
        // Then
        assertThat(verdict.retryAfter()).isEqualTo(Duration.ofSeconds(7));
        assertThat(verdict.message()).isEqualTo("slow down, ***");
    }

    @Test
    void aWebPageIsReadByItsStatusAndASuccessfulOneSaysNothing() {
        assertThat(faults.unreadable(answer(200, "<html>", null)).verdict().refusal())
                .isEqualTo(Refusal.AMBIGUOUS);
        assertThat(faults.unreadable(answer(502, "<html>", null)).verdict().refusal())
                .isEqualTo(Refusal.AMBIGUOUS);
        assertThat(faults.unreadable(answer(429, "<html>", null)).verdict().refusal())
                .isEqualTo(Refusal.THROTTLED);
    }

    @Test
    void onlyWhatNeverLeftIsTransient() {
        assertThat(faults.judge(new ConnectException("refused")).refusal()).isEqualTo(Refusal.TRANSIENT);
        assertThat(faults.judge(new TimeoutException()).refusal()).isEqualTo(Refusal.AMBIGUOUS);
        assertThat(faults.judge(new IllegalStateException("surprise")).refusal())
                .isEqualTo(Refusal.AMBIGUOUS);
    }

    private static HttpAnswer answer(int status, String body, @Nullable String retryAfter) {
        var headers = new HttpHeaders();
        if (retryAfter != null) {
            headers.add(HttpHeaders.RETRY_AFTER, retryAfter);
        }
        return new HttpAnswer(status, headers, body);
    }
}
