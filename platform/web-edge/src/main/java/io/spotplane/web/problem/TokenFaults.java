package io.spotplane.web.problem;

import io.spotplane.contracts.problem.ProblemType;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.jwt.JwtValidationException;
import org.springframework.security.oauth2.server.resource.BearerTokenError;

/** What is wrong with the caller's token (RFC 6750): enough to mend it, nothing of the token itself. */
final class TokenFaults {

    private TokenFaults() {}

    static Refusal of(AuthenticationException fault) {
        if (fault instanceof AuthenticationServiceException) {
            return Refusal.of(
                    ProblemType.UNAVAILABLE, "the token cannot be checked because its issuer does not answer");
        }
        if (!(fault instanceof OAuth2AuthenticationException oauth)) {
            return unauthenticated("send Authorization: Bearer <token>", "Bearer");
        }
        return isMalformed(oauth.getError())
                ? Refusal.invalid("header:Authorization", "INVALID_VALUE", "expected exactly one bearer token")
                : unauthenticated(reason(fault), "Bearer error=\"invalid_token\"");
    }

    private static Refusal unauthenticated(String detail, String challenge) {
        var headers = new HttpHeaders();
        headers.set(HttpHeaders.WWW_AUTHENTICATE, challenge);
        return Refusal.of(ProblemType.UNAUTHENTICATED, detail, headers);
    }

    private static boolean isMalformed(OAuth2Error error) {
        return error instanceof BearerTokenError bearer && bearer.getHttpStatus() == HttpStatus.BAD_REQUEST;
    }

    /** The rules' own descriptions are ours; everything else a decoder says may quote the token. */
    private static String reason(@Nullable Throwable fault) {
        for (var cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof JwtValidationException invalid) {
                return invalid.getErrors().stream()
                        .map(OAuth2Error::getDescription)
                        .collect(Collectors.joining("; ", "the token is not valid: ", ""));
            }
        }
        return "the token cannot be read or is not signed by a key of the issuer";
    }
}
