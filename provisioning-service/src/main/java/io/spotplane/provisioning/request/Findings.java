package io.spotplane.provisioning.request;

import io.spotplane.contracts.problem.Problem.FieldError;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with a body, all of it, field by field. */
final class Findings {

    private final List<FieldError> errors = new ArrayList<>();

    void required(String pointer, String what) {
        errors.add(new FieldError(pointer, "REQUIRED", "missing, expected " + what));
    }

    void notAllowed(String pointer, String why) {
        errors.add(new FieldError(pointer, "NOT_ALLOWED", why));
    }

    void unless(boolean holds, String pointer, String code, String message) {
        if (!holds) {
            errors.add(new FieldError(pointer, code, message));
        }
    }

    void range(String pointer, long found, long least, long most) {
        unless(
                found >= least && found <= most,
                pointer,
                "OUT_OF_RANGE",
                "is " + found + ", expected " + least + " to " + most);
    }

    List<FieldError> all() {
        return List.copyOf(errors);
    }
}
