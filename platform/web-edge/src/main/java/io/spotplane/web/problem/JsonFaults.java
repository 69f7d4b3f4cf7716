package io.spotplane.web.problem;

import io.spotplane.contracts.problem.ProblemType;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;

/**
 * What is wrong with a JSON body, as a pointer and a sentence. Jackson's own messages name classes and quote the body, so none of
 * them is passed on.
 */
final class JsonFaults {

    private static final Map<Class<?>, String> EXPECTED = Map.of(
            Boolean.class, "true or false",
            String.class, "text",
            BigDecimal.class, "a number",
            Double.class, "a number",
            UUID.class, "a UUID",
            URI.class, "a URI",
            Instant.class, "a time such as 2026-01-31T12:00:00Z",
            Duration.class, "a duration such as PT5M");

    private JsonFaults() {}

    static Refusal of(JacksonException fault) {
        return switch (fault) {
            case UnrecognizedPropertyException unknown -> unknownField(unknown);
            case ValueInstantiationException refused -> invalidValue(refused);
            case MismatchedInputException wrong -> wrongType(wrong);
            case InputCoercionException outOfRange ->
                Refusal.invalid(pointer(outOfRange), "OUT_OF_RANGE", "the number is too large or too small");
            case StreamConstraintsException ignored ->
                malformed(fault, "the body is nested too deeply or has a name, text or number that is too long");
            case StreamReadException ignored -> malformed(fault, complaint(fault));
            default -> malformed(fault, "the body is not the JSON that is expected");
        };
    }

    private static Refusal unknownField(UnrecognizedPropertyException fault) {
        return Refusal.invalid(pointer(fault), "UNKNOWN_FIELD", "there is no such field" + known(fault));
    }

    private static String known(UnrecognizedPropertyException fault) {
        var names = fault.getKnownPropertyIds();
        return names == null || names.isEmpty()
                ? ""
                : ", expected one of "
                        + names.stream().map(String::valueOf).sorted().collect(Collectors.joining(", "));
    }

    /** Our own value types refuse with a sentence that is meant for readers; other causes are not passed on. */
    private static Refusal invalidValue(ValueInstantiationException fault) {
        var message = fault.getCause() instanceof IllegalArgumentException refused && refused.getMessage() != null
                ? refused.getMessage()
                : "the value is not allowed";
        return Refusal.invalid(pointer(fault), "INVALID_VALUE", message);
    }

    private static Refusal wrongType(MismatchedInputException fault) {
        var target = fault.getTargetType();
        var code = target != null && target.isEnum() ? "INVALID_VALUE" : "WRONG_TYPE";
        return Refusal.invalid(pointer(fault), code, "expected " + expected(target));
    }

    static String expected(@Nullable Class<?> target) {
        if (target == null) {
            return "another type";
        }
        if (target.isEnum()) {
            return "one of "
                    + Arrays.stream(target.getEnumConstants())
                            .map(String::valueOf)
                            .collect(Collectors.joining(", "));
        }
        var boxed = ClassUtils.resolvePrimitiveIfNecessary(target);
        if (EXPECTED.containsKey(boxed)) {
            return EXPECTED.get(boxed);
        }
        if (Number.class.isAssignableFrom(boxed)) {
            return "a whole number";
        }
        return boxed.isArray() || Collection.class.isAssignableFrom(boxed) ? "a list" : "an object";
    }

    private static Refusal malformed(JacksonException fault, String complaint) {
        var at = fault.getLocation();
        var place = at == null ? "" : "line " + at.getLineNr() + ", column " + at.getColumnNr() + ": ";
        return Refusal.of(ProblemType.MALFORMED_BODY, place + complaint);
    }

    private static String complaint(JacksonException fault) {
        return String.valueOf(fault.getOriginalMessage()).startsWith("Duplicate Object property")
                ? "the same key appears twice in one object"
                : "this is not JSON";
    }

    private static String pointer(JacksonException fault) {
        return fault.getPath().stream()
                .map(step -> step.getPropertyName() == null ? String.valueOf(step.getIndex()) : step.getPropertyName())
                .map(step -> "/" + step.replace("~", "~0").replace("/", "~1"))
                .collect(Collectors.joining());
    }
}
