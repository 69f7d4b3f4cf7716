package io.spotplane.web.problem;

import io.spotplane.contracts.problem.Problem;
import io.spotplane.contracts.problem.ProblemType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.core.MethodParameter;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;
import org.springframework.validation.method.MethodValidationResult;
import org.springframework.validation.method.ParameterErrors;
import org.springframework.validation.method.ParameterValidationResult;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.support.WebExchangeBindException;
import org.springframework.web.server.MissingRequestValueException;
import org.springframework.web.server.ServerWebInputException;
import tools.jackson.core.JacksonException;

/** What is wrong with the arguments of a controller method: body, query parameters, headers and path variables. */
final class InputFaults {

    private InputFaults() {}

    /** Some fields of a validated body or of query parameters bound to a record. */
    static Refusal of(WebExchangeBindException fault) {
        var inBody = Optional.ofNullable(fault.getMethodParameter())
                .map(parameter -> parameter.hasParameterAnnotation(RequestBody.class))
                .orElse(false);
        return Refusal.invalid(
                fault.getAllErrors().stream().map(error -> field(error, inBody)).toList());
    }

    /** Some arguments that break their constraints. */
    static Refusal of(MethodValidationResult fault) {
        List<Problem.FieldError> errors = new ArrayList<>();
        for (var result : fault.getParameterValidationResults()) {
            errors.addAll(argument(result));
        }
        return errors.isEmpty()
                ? Refusal.of(ProblemType.INVALID_REQUEST, "the parameters do not fit together")
                : Refusal.invalid(errors);
    }

    static Refusal of(MissingRequestValueException fault) {
        return Refusal.invalid(pointer(fault.getMethodParameter(), fault.getName()), "REQUIRED", "is missing");
    }

    /** A body that cannot be read, or one parameter that cannot be converted. */
    static Refusal of(ServerWebInputException fault) {
        var parameter = fault.getMethodParameter();
        if (jacksonFaultIn(fault) instanceof JacksonException json) {
            return JsonFaults.of(json);
        }
        if (parameter == null || parameter.hasParameterAnnotation(RequestBody.class)) {
            return Refusal.of(ProblemType.MALFORMED_BODY, "a JSON body is required here");
        }
        return parameter.hasParameterAnnotation(PathVariable.class)
                // An id of the wrong form names nothing, just as an unknown one does.
                ? Refusal.of(ProblemType.NOT_FOUND, "there is nothing with this id")
                : Refusal.invalid(
                        pointer(parameter, name(parameter)), "INVALID_VALUE", "expected " + wanted(parameter));
    }

    private static @Nullable Throwable jacksonFaultIn(Throwable fault) {
        for (var cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof JacksonException) {
                return cause;
            }
        }
        return null;
    }

    private static List<Problem.FieldError> argument(ParameterValidationResult result) {
        var parameter = result.getMethodParameter();
        if (result instanceof ParameterErrors bean) {
            var inBody = parameter.hasParameterAnnotation(RequestBody.class);
            return bean.getAllErrors().stream()
                    .map(error -> field(error, inBody))
                    .toList();
        }
        return result.getResolvableErrors().stream()
                .map(error -> new Problem.FieldError(
                        pointer(parameter, name(parameter)), code(constraint(error)), text(error)))
                .toList();
    }

    private static Problem.FieldError field(ObjectError error, boolean inBody) {
        var path = error instanceof FieldError field ? field.getField() : "";
        var pointer = inBody ? jsonPointer(path) : "query:" + path;
        var unreadable = error instanceof FieldError field && field.isBindingFailure();
        return new Problem.FieldError(
                pointer, code(error.getCode()), unreadable ? "the value has the wrong type" : text(error));
    }

    /** {@code wanted[2].count} as {@code /wanted/2/count}. */
    private static String jsonPointer(String path) {
        return path.isEmpty()
                ? ""
                : "/" + path.replace("[", "/").replace("]", "").replace('.', '/');
    }

    private static String pointer(@Nullable MethodParameter parameter, String name) {
        if (parameter == null) {
            return name;
        }
        if (parameter.hasParameterAnnotation(RequestHeader.class)) {
            return "header:" + name;
        }
        return parameter.hasParameterAnnotation(PathVariable.class) ? "path:" + name : "query:" + name;
    }

    private static String name(MethodParameter parameter) {
        var query = parameter.getParameterAnnotation(RequestParam.class);
        var header = parameter.getParameterAnnotation(RequestHeader.class);
        var declared = query != null ? query.name() : header != null ? header.name() : "";
        return declared.isEmpty() ? String.valueOf(parameter.getParameterName()) : declared;
    }

    private static String wanted(MethodParameter parameter) {
        var type = parameter.nestedIfOptional().getNestedParameterType();
        return JsonFaults.expected(type);
    }

    private static @Nullable String constraint(MessageSourceResolvable error) {
        var codes = error.getCodes();
        return codes == null || codes.length == 0 ? null : codes[codes.length - 1];
    }

    private static String text(MessageSourceResolvable error) {
        return error.getDefaultMessage() == null ? "the value is not allowed" : error.getDefaultMessage();
    }

    private static String code(@Nullable String constraint) {
        return switch (constraint) {
            case "NotNull", "NotBlank", "NotEmpty" -> "REQUIRED";
            case "Min", "Max", "Size", "Positive", "PositiveOrZero", "Negative", "DecimalMin", "DecimalMax", "Range" ->
                "OUT_OF_RANGE";
            case "typeMismatch" -> "WRONG_TYPE";
            case null, default -> "INVALID_VALUE";
        };
    }
}
