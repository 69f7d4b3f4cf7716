package io.spotplane.providers.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.spotplane.contracts.vocabulary.Refusal;
import io.spotplane.providers.spi.LaunchOutcome.Declined;
import io.spotplane.providers.spi.LaunchOutcome.Unknown;
import io.spotplane.providers.spi.LaunchToken;
import io.spotplane.providers.spi.TerminateOutcome;
import io.spotplane.providers.support.Redaction;
import io.spotplane.providers.support.Secret;
import io.spotplane.providers.support.Verdict;
import java.net.ConnectException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;

class AwsFaultsTest {

    private static final LaunchToken TOKEN = new LaunchToken("sp-abcdefghijklmnopqrstuvwx");

    private final AwsFaults faults = new AwsFaults(
            Redaction.of(Secret.of("s3cr3t")), InstantSource.fixed(Instant.parse("2026-11-21T00:00:00Z")));

    @ParameterizedTest
    @CsvSource({
        // The code counts before the status: EC2 reports lack of capacity as a server error.
        "500, InsufficientInstanceCapacity, NO_CAPACITY",
        "400, Unsupported, NO_CAPACITY",
        "400, SpotMaxPriceTooLow, PRICE_TOO_LOW",
        "400, MaxSpotInstanceCountExceeded, QUOTA",
        "400, VcpuLimitExceeded, QUOTA",
        "503, RequestLimitExceeded, THROTTLED",
        "400, Throttling, THROTTLED",
        "429, , THROTTLED",
        "403, UnauthorizedOperation, AUTH",
        "401, AuthFailure, AUTH",
        "400, InvalidParameterValue, INVALID",
        "400, InvalidAMIID.NotFound, INVALID",
        "400, SomethingNewAndWrong, INVALID",
        "400, InvalidInstanceID.NotFound, GONE",
        "400, IdempotentInstanceTerminated, GONE",
        "503, Unavailable, TRANSIENT",
        // Whether it was done, nobody says.
        "500, InternalError, AMBIGUOUS",
        "502, , AMBIGUOUS",
        "400, IdempotentParameterMismatch, AMBIGUOUS"
    })
    void readsTheCodeFirstAndTheStatusSecond(int status, @Nullable String code, Refusal meaning) {
        assertThat(faults.judge(answer(status, code, "words", null)).refusal()).isEqualTo(meaning);
    }

    @Test
    void doubtIsUnknownForAnOrderAndNotYetForAnEnd() {
        // When
        var verdict = faults.judge(answer(500, "InternalError", "An internal error has occurred", null));
        // Then
        assertThat(verdict.ofLaunch(TOKEN))
                .isEqualTo(new Unknown(TOKEN, "InternalError: An internal error has occurred"));
        assertThat(verdict.ofTerminate()).isInstanceOf(TerminateOutcome.NotYet.class);
        assertThat(verdict.ofRead("aws", "DescribeInstances", null).refusal()).isEqualTo(Refusal.TRANSIENT);
    }

    @Test
    void aMachineThatDoesNotExistIsEnded() {
        assertThat(faults.judge(answer(400, "InvalidInstanceID.NotFound", "gone", null))
                        .ofTerminate())
                .isEqualTo(new TerminateOutcome.Accepted());
    }

    @Test
    void keepsTheProvidersWordsWithoutTheSecret() {
        // When
        var outcome = faults.judge(answer(403, "AuthFailure", "no such key: s3cr3t", "7"))
                .ofLaunch(TOKEN);
        // Then
        assertThat(outcome)
                .isEqualTo(new Declined(Refusal.AUTH, "AuthFailure", "no such key: ***", Duration.ofSeconds(7)));
    }

    @Test
    void whatNeverLeftMayBeOrderedAgain() {
        // Given
        var unreachable = SdkClientException.create("Unable to execute HTTP request", new ConnectException("refused"));
        // When
        var outcome = faults.judge(unreachable).ofLaunch(TOKEN);
        // Then
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Declined.class, it -> assertThat(it.refusal()).isEqualTo(Refusal.TRANSIENT));
    }

    @Test
    void anAnswerThatDidNotComeIsUnknown() {
        assertThat(verdict(ApiCallTimeoutException.create(15_000))).isEqualTo(Refusal.AMBIGUOUS);
        assertThat(verdict(SdkClientException.create("The connection was closed")))
                .isEqualTo(Refusal.AMBIGUOUS);
        assertThat(verdict(new IllegalStateException("surprise"))).isEqualTo(Refusal.AMBIGUOUS);
    }

    @Test
    void missingCredentialsAreNotTheProvidersFault() {
        assertThat(verdict(SdkClientException.create("Unable to load credentials from any of the providers")))
                .isEqualTo(Refusal.AUTH);
    }

    private Refusal verdict(Throwable failure) {
        Verdict verdict = faults.judge(failure);
        return verdict.refusal();
    }

    private static Throwable answer(int status, @Nullable String code, String words, @Nullable String retryAfter) {
        var http = SdkHttpResponse.builder().statusCode(status);
        if (retryAfter != null) {
            http.putHeader("Retry-After", retryAfter);
        }
        return Ec2Exception.builder()
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage(words)
                        .sdkHttpResponse(http.build())
                        .build())
                .build();
    }
}
