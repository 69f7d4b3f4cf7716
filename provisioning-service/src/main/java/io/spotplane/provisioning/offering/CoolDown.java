package io.spotplane.provisioning.offering;

import io.spotplane.contracts.vocabulary.Offering;
import java.time.Instant;

/**
 * Something that is not to be tried until a moment.
 *
 * @param scope an offering or a whole provider account
 * @param key offering id or provider name
 * @param until when it may be tried again
 * @param reason stable code of why
 * @param message the same for people
 */
public record CoolDown(Scope scope, String key, Instant until, String reason, String message) {

    /** What a cool-down covers. */
    public enum Scope {
        OFFERING,
        ACCOUNT
    }

    /** {@code offering} is left alone. */
    public static CoolDown of(Offering offering, Instant until, String reason, String message) {
        return new CoolDown(Scope.OFFERING, offering.id(), until, reason, message);
    }

    /** The whole account of {@code provider} gets no new orders. */
    public static CoolDown ofAccount(String provider, Instant until, String reason, String message) {
        return new CoolDown(Scope.ACCOUNT, provider, until, reason, message);
    }

    /** Whether it covers {@code offering}. */
    public boolean covers(Offering offering) {
        return switch (scope) {
            case OFFERING -> key.equals(offering.id());
            case ACCOUNT -> key.equals(offering.provider());
        };
    }
}
