package io.spotplane.providers.rackspace;

import static io.spotplane.contracts.vocabulary.Refusal.AMBIGUOUS;
import static io.spotplane.contracts.vocabulary.Refusal.AUTH;
import static io.spotplane.contracts.vocabulary.Refusal.GONE;
import static io.spotplane.contracts.vocabulary.Refusal.INVALID;
import static io.spotplane.contracts.vocabulary.Refusal.THROTTLED;
import static io.spotplane.contracts.vocabulary.Refusal.TRANSIENT;

import io.spotplane.contracts.vocabulary.Refusal;
import io.spotplane.providers.support.HttpAnswer;
import io.spotplane.providers.support.Redaction;
import io.spotplane.providers.support.Transport;
import io.spotplane.providers.support.Verdict;
import java.time.InstantSource;
import java.util.concurrent.TimeoutException;

/**
 * What the three far sides of Rackspace Spot mean. The feed is a public bucket, which says "access denied" of what it does not hold. The API answers errors with Kubernetes'
 * {@code Status} or {@code {"error":"access_denied"}}; the login with the latter alone.
 *
 * <p>Sources: the API's description as kept in {@code pm990320/rackspace-spot-mcp}, Rackspace's Go SDK and Terraform provider, {@code rackerlabs/spot} issue 14 for refresh tokens that are
 * rejected.
 */
final class RackspaceFaults {

    private static final String TOKEN_REJECTED = "REFRESH_TOKEN_REJECTED";
    private static final String UNAUTHORISED = "UNAUTHORISED";

    private final Redaction redaction;
    private final InstantSource time;

    RackspaceFaults(Redaction redaction, InstantSource time) {
        this.redaction = redaction;
        this.time = time;
    }

    /** Judges a call that failed in whatever way. */
    Verdict judge(Throwable failure) {
        return switch (failure) {
            case Refused refused -> refused.verdict();
            case TimeoutException _ -> Verdict.of(AMBIGUOUS, "NO_ANSWER", "no answer within the time-out");
            default ->
                Verdict.of(
                        TRANSIENT,
                        Transport.neverSent(failure) ? "NOT_REACHED" : "NO_ANSWER",
                        redaction.clean(failure.getMessage()));
        };
    }

    /** The feed did not hand out a document. */
    Refused noDocument(HttpAnswer answer) {
        var refusal = switch (answer.status()) {
            case 403, 404 -> GONE;
            default -> ofStatus(answer.status());
        };
        return refused(refusal, "HTTP " + answer.status(), answer);
    }

    /** The API did not do it. */
    Refused refused(HttpAnswer answer) {
        var refusal = ofStatus(answer.status());
        return refused(refusal, refusal == AUTH ? UNAUTHORISED : "HTTP " + answer.status(), answer);
    }

    /** The login gave no token: when it judged the refresh token, somebody must make a new one. */
    Refused notLoggedIn(HttpAnswer answer) {
        var refusal = ofStatus(answer.status());
        return refusal == AUTH || refusal == INVALID
                ? refused(AUTH, TOKEN_REJECTED, answer)
                : refused(refusal, "HTTP " + answer.status(), answer);
    }

    /** An answer that is not in the far side's own form, such as a proxy's page. */
    Refused unreadable(HttpAnswer answer) {
        return refused(answer.isSuccess() ? AMBIGUOUS : ofStatus(answer.status()), "UNREADABLE", answer);
    }

    /** Something that was never auctioned here. */
    Refused notAuctioned(String offeringId) {
        return new Refused(
                Verdict.of(GONE, "NOT_AUCTIONED", offeringId + " is no spot offering of " + Rackspace.PROVIDER));
    }

    /** Whether a fresh token might help. */
    static boolean isUnauthorised(Throwable failure) {
        return failure instanceof Refused refused && refused.verdict().code().equals(UNAUTHORISED);
    }

    private Refused refused(Refusal refusal, String code, HttpAnswer answer) {
        return new Refused(
                new Verdict(refusal, code, redaction.clean(answer.body()), answer.retryAfter(time.instant())));
    }

    private static Refusal ofStatus(int status) {
        return switch (status) {
            case 401, 403 -> AUTH;
            case 404, 410 -> GONE;
            case 408, 409 -> TRANSIENT;
            case 429 -> THROTTLED;
            default -> status >= 400 && status < 500 ? INVALID : TRANSIENT;
        };
    }

    /** Rackspace Spot answered, and did not do it. */
    static final class Refused extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient Verdict verdict;

        Refused(Verdict verdict) {
            super(verdict.code() + ": " + verdict.message(), null, false, false);
            this.verdict = verdict;
        }

        Verdict verdict() {
            return verdict;
        }
    }
}
