package io.spotplane.providers.runpod;

import static io.spotplane.contracts.vocabulary.Refusal.AMBIGUOUS;
import static io.spotplane.contracts.vocabulary.Refusal.AUTH;
import static io.spotplane.contracts.vocabulary.Refusal.GONE;
import static io.spotplane.contracts.vocabulary.Refusal.INSUFFICIENT_FUNDS;
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
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What RunPod's codes, sentences and statuses mean, in this order: the same lack of capacity is a code in GraphQL (with status 200), a sentence in REST (with
 * 400, once 500). A server error without either leaves open whether the order was carried out.
 *
 * <p>Sources: {@code runpod/docs} (both OpenAPI descriptions, GraphQL pages), and what SkyPilot, dstack and users recorded of real answers.
 */
final class RunPodFaults {

    private static final Map<String, Refusal> CODES = Map.ofEntries(
            Map.entry("SUPPLY_CONSTRAINT", NO_CAPACITY),
            Map.entry("INSUFFICIENT_BALANCE", INSUFFICIENT_FUNDS),
            Map.entry("INSUFFICIENT_FUNDS", INSUFFICIENT_FUNDS),
            Map.entry("SPEND_LIMIT", QUOTA),
            Map.entry("UNAUTHENTICATED", AUTH),
            Map.entry("UNAUTHORIZED", AUTH),
            Map.entry("FORBIDDEN", AUTH),
            Map.entry("RATE_LIMITED", THROTTLED),
            Map.entry("TOO_MANY_REQUESTS", THROTTLED),
            Map.entry("GRAPHQL_VALIDATION_FAILED", INVALID),
            Map.entry("GRAPHQL_PARSE_FAILED", INVALID),
            Map.entry("BAD_USER_INPUT", INVALID));

    /** In order: the first that is found counts. */
    private static final List<Sentence> SENTENCES = List.of(
            new Sentence("no (longer any )?instances (are )?(currently )?available", NO_CAPACITY),
            new Sentence("not enough free gpus", NO_CAPACITY),
            new Sentence("balance is too low|insufficient (balance|funds)", INSUFFICIENT_FUNDS),
            new Sentence("spend(ing)? limit", QUOTA),
            // No code is recorded for this; every report mentions the bid.
            new Sentence("\\bbid\\b", PRICE_TOO_LOW),
            new Sentence("pod (was )?not found|not found to terminate", GONE),
            new Sentence("rate limit|too many requests", THROTTLED),
            new Sentence("unauthori[sz]ed|api key|bearer token", AUTH));

    private final Redaction redaction;
    private final InstantSource time;

    RunPodFaults(Redaction redaction, InstantSource time) {
        this.redaction = redaction;
        this.time = time;
    }

    /** Judges a call that failed in whatever way. */
    Verdict judge(Throwable failure) {
        return switch (failure) {
            case Refused refused -> refused.verdict();
            case TimeoutException _ -> Verdict.of(AMBIGUOUS, "NO_ANSWER", "no answer within the time-out");
            default ->
                Transport.neverSent(failure)
                        ? Verdict.of(TRANSIENT, "NOT_REACHED", redaction.clean(failure.getMessage()))
                        : Verdict.of(AMBIGUOUS, "NO_ANSWER", redaction.clean(failure.getMessage()));
        };
    }

    /**
     * A refusal in words.
     *
     * @param answer what carried it
     * @param code the machine-readable code; null when there is none
     * @param said the sentence; null when there is none
     */
    Refused refused(HttpAnswer answer, @Nullable String code, @Nullable String said) {
        var refusal = ofCode(code).or(() -> ofSentence(said)).orElseGet(() -> ofStatus(answer.status()));
        return new Refused(new Verdict(
                refusal,
                code == null ? "HTTP " + answer.status() : redaction.clean(code),
                redaction.clean(said),
                answer.retryAfter(time.instant())));
    }

    /** An answer that is not in the API's own form, such as a proxy's HTML page. */
    Refused unreadable(HttpAnswer answer) {
        var refusal = answer.isSuccess() ? AMBIGUOUS : ofStatus(answer.status());
        return new Refused(new Verdict(
                refusal,
                "UNREADABLE",
                "HTTP " + answer.status() + ", not in the API's form: " + redaction.clean(answer.body()),
                answer.retryAfter(time.instant())));
    }

    /** {@code null} where a pod should be, without any error: recorded as lack of capacity. */
    static Verdict nothingMade() {
        return Verdict.of(NO_CAPACITY, "NULL_DATA", "the answer holds no pod and no error");
    }

    /** The account cannot pay the hour of credit that a pod needs. */
    static Verdict balanceTooLow(String words) {
        return Verdict.of(INSUFFICIENT_FUNDS, "BALANCE", words);
    }

    /** The account may not spend that much an hour. */
    static Verdict spendLimit(String words) {
        return Verdict.of(QUOTA, "SPEND_LIMIT", words);
    }

    /** The market asks more than the order allows. */
    static Verdict dearer(String words) {
        return Verdict.of(PRICE_TOO_LOW, "DEARER_NOW", words);
    }

    /** The market names no price: not for sale now. */
    static Verdict notForSale() {
        return Verdict.of(NO_CAPACITY, "NO_PRICE", "no price is asked for it now");
    }

    private static Optional<Refusal> ofCode(@Nullable String code) {
        return Optional.ofNullable(code).map(CODES::get);
    }

    private static Optional<Refusal> ofSentence(@Nullable String said) {
        return Optional.ofNullable(said)
                .map(text -> text.toLowerCase(Locale.ROOT))
                .flatMap(text -> SENTENCES.stream()
                        .filter(sentence -> sentence.isIn(text))
                        .map(Sentence::refusal)
                        .findFirst());
    }

    /** RunPod's own table of what to do with a status ("Errors" in the REST v2 reference). A redirect or a silent success tells nothing. */
    private static Refusal ofStatus(int status) {
        return switch (status) {
            case 401, 403 -> AUTH;
            case 402 -> INSUFFICIENT_FUNDS;
            case 404, 410 -> GONE;
            case 429 -> THROTTLED;
            default -> status >= 400 && status < 500 ? INVALID : AMBIGUOUS;
        };
    }

    /** Words by which RunPod says something; looked for in lower case. */
    private record Sentence(Pattern pattern, Refusal refusal) {

        Sentence(String words, Refusal refusal) {
            this(Pattern.compile(words), refusal);
        }

        boolean isIn(String text) {
            return pattern.matcher(text).find();
        }
    }

    /** RunPod answered, and did not do it. */
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
