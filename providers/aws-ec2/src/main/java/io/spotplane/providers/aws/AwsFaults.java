package io.spotplane.providers.aws;

import static io.spotplane.contracts.vocabulary.Refusal.AMBIGUOUS;
import static io.spotplane.contracts.vocabulary.Refusal.AUTH;
import static io.spotplane.contracts.vocabulary.Refusal.GONE;
import static io.spotplane.contracts.vocabulary.Refusal.INVALID;
import static io.spotplane.contracts.vocabulary.Refusal.NO_CAPACITY;
import static io.spotplane.contracts.vocabulary.Refusal.PRICE_TOO_LOW;
import static io.spotplane.contracts.vocabulary.Refusal.QUOTA;
import static io.spotplane.contracts.vocabulary.Refusal.THROTTLED;
import static io.spotplane.contracts.vocabulary.Refusal.TRANSIENT;

import io.spotplane.contracts.vocabulary.Refusal;
import io.spotplane.providers.support.HttpAnswer;
import io.spotplane.providers.support.Redaction;
import io.spotplane.providers.support.Transport;
import io.spotplane.providers.support.Verdict;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;

/**
 * What EC2's codes mean. The code is read before the status, because EC2 reports lack of capacity as a server error. A server error without a code that
 * says otherwise leaves open whether the order was carried out.
 *
 * <p>Codes: the AWS API reference "Error codes for the Amazon EC2 API", and the lists of {@code aws/karpenter-provider-aws: pkg/errors/errors.go}.
 */
final class AwsFaults {

    private static final Map<String, Refusal> CODES = table(
            means(
                    THROTTLED,
                    "RequestLimitExceeded",
                    "Throttling",
                    "ThrottlingException",
                    "EC2ThrottledException",
                    "RequestThrottled",
                    "RequestThrottledException",
                    "SlowDown",
                    "BandwidthLimitExceeded"),
            means(
                    NO_CAPACITY,
                    "InsufficientInstanceCapacity",
                    "InsufficientHostCapacity",
                    "InsufficientCapacity",
                    "InsufficientFreeAddressesInSubnet",
                    "UnfulfillableCapacity",
                    "ReservationCapacityExceeded",
                    "MaxFleetCountExceeded",
                    // "Your requested instance type is not supported in your requested Availability Zone."
                    "Unsupported"),
            means(
                    QUOTA,
                    "MaxSpotInstanceCountExceeded",
                    "VcpuLimitExceeded",
                    "InstanceLimitExceeded",
                    "MaxIOPSLimitExceeded",
                    "VolumeLimitExceeded",
                    "PendingVerification"),
            means(PRICE_TOO_LOW, "SpotMaxPriceTooLow"),
            means(
                    GONE,
                    "InvalidInstanceID.NotFound",
                    // Only ever asked about ids that EC2 gave us: a malformed one names nothing.
                    "InvalidInstanceID.Malformed",
                    // The machine of this token was made, and has ended since.
                    "IdempotentInstanceTerminated"),
            means(
                    AUTH,
                    "UnauthorizedOperation",
                    "AuthFailure",
                    "AuthFailure.ServiceLinkedRoleCreationNotPermitted",
                    "AccessDenied",
                    "AccessDeniedException",
                    "Blocked",
                    "ExpiredToken",
                    "ExpiredTokenException",
                    "InvalidClientTokenId",
                    "MissingAuthenticationToken",
                    "OptInRequired",
                    "RequestExpired",
                    "SignatureDoesNotMatch",
                    "UnrecognizedClientException"),
            // Said before anything is done: "The server is overloaded and can't handle the request."
            means(TRANSIENT, "Unavailable", "ServiceUnavailable"),
            means(
                    AMBIGUOUS,
                    "InternalError",
                    "InternalFailure",
                    "RequestTimeout",
                    // There is an order with this token and other parameters: a machine may stand behind it.
                    "IdempotentParameterMismatch"));

    /** {@code stateReason.code} of a machine that EC2 took back. */
    private static final Set<String> RECLAIMS = Set.of("Server.SpotInstanceTermination", "Server.SpotInstanceShutdown");

    /** Status codes of a spot request whose machine has been given notice. */
    static final Set<String> NOTICES = Set.of("marked-for-termination", "marked-for-stop");

    private final Redaction redaction;
    private final InstantSource time;

    AwsFaults(Redaction redaction, InstantSource time) {
        this.redaction = redaction;
        this.time = time;
    }

    /** Whether this state reason says that EC2 took the machine back. */
    static boolean isReclaim(@Nullable String stateReason) {
        return stateReason != null && RECLAIMS.contains(stateReason);
    }

    /** Judges a call that failed. */
    Verdict judge(Throwable failure) {
        return switch (failure) {
            case AwsServiceException refused -> ofAnswer(refused);
            case ApiCallTimeoutException _, ApiCallAttemptTimeoutException _ ->
                Verdict.of(AMBIGUOUS, "NO_ANSWER", "no answer within the time-out");
            case UnreadableAnswer unreadable -> Verdict.of(AMBIGUOUS, "UNREADABLE", words(unreadable));
            default -> ofClient(failure);
        };
    }

    private Verdict ofAnswer(AwsServiceException refused) {
        var details = refused.awsErrorDetails();
        var code = details == null ? null : details.errorCode();
        var said = details == null ? null : details.errorMessage();
        return new Verdict(
                refusal(code, refused.statusCode()),
                code == null ? "HTTP " + refused.statusCode() : redaction.clean(code),
                redaction.clean(said),
                retryAfter(refused));
    }

    private Verdict ofClient(Throwable failure) {
        if (Transport.neverSent(failure)) {
            return Verdict.of(TRANSIENT, "NOT_REACHED", words(failure));
        }
        return String.valueOf(failure.getMessage()).startsWith("Unable to load credentials")
                ? Verdict.of(AUTH, "NO_CREDENTIALS", words(failure))
                : Verdict.of(AMBIGUOUS, "NO_ANSWER", words(failure));
    }

    private static Refusal refusal(@Nullable String code, int status) {
        var known = code == null ? null : CODES.get(code);
        if (known != null) {
            return known;
        }
        if (status == 429) {
            return THROTTLED;
        }
        return status >= 400 && status < 500 ? INVALID : AMBIGUOUS;
    }

    private @Nullable Duration retryAfter(AwsServiceException refused) {
        var details = refused.awsErrorDetails();
        var http = details == null ? null : details.sdkHttpResponse();
        return http == null
                ? null
                : HttpAnswer.retryAfter(http.firstMatchingHeader("Retry-After").orElse(null), time.instant());
    }

    private String words(Throwable failure) {
        return redaction.clean(failure.getMessage());
    }

    private static Map<String, Refusal> means(Refusal refusal, String... codes) {
        return Stream.of(codes).collect(Collectors.toMap(code -> code, code -> refusal));
    }

    @SafeVarargs
    private static Map<String, Refusal> table(Map<String, Refusal>... rows) {
        return Stream.of(rows)
                .flatMap(row -> row.entrySet().stream())
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** A success that is not EC2's: an HTML page parses as an answer without content, and must not pass for an empty list. */
    static final class UnreadableAnswer extends RuntimeException {

        private static final long serialVersionUID = 1L;

        UnreadableAnswer() {
            super("the answer is not one of EC2's: it carries no request id");
        }
    }
}
