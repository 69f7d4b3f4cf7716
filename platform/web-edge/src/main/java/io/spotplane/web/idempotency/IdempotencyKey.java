package io.spotplane.web.idempotency;

import io.spotplane.contracts.problem.Problem;
import io.spotplane.contracts.problem.ProblemType;
import io.spotplane.web.ProblemException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A client's name for one write: 1 to 255 printable ASCII characters. */
record IdempotencyKey(String value) {

    private static final Pattern PRINTABLE = Pattern.compile("[\\x20-\\x7E]{1,255}");

    static IdempotencyKey of(@Nullable String header) {
        if (header == null) {
            throw ProblemException.of(
                    ProblemType.IDEMPOTENCY_KEY_MISSING,
                    "this call can spend money: send an Idempotency-Key, a new UUID for each new intent");
        }
        if (!PRINTABLE.matcher(header).matches() || header.isBlank()) {
            throw ProblemException.invalid(List.of(new Problem.FieldError(
                    "header:Idempotency-Key", "INVALID_VALUE", "expected 1 to 255 printable ASCII characters")));
        }
        return new IdempotencyKey(header);
    }
}
