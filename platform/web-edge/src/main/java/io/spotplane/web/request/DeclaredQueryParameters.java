package io.spotplane.web.request;

import io.spotplane.contracts.problem.Problem;
import io.spotplane.web.ProblemException;
import io.spotplane.web.QueryRecord;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;

/**
 * The query parameters that a controller method declares, by {@code @RequestParam} or by the components of a record marked
 * {@link QueryRecord}. Any other is refused: a misspelt filter that is ignored answers a question nobody asked.
 */
final class DeclaredQueryParameters {

    private static final Set<String> ANYTHING = Set.of("*");

    private final Map<HandlerMethod, Set<String>> declared = new ConcurrentHashMap<>();

    /** @throws ProblemException {@code INVALID_REQUEST} with every name that {@code handler} does not declare */
    void check(HandlerMethod handler, Collection<String> given) {
        if (given.isEmpty()) {
            return;
        }
        var known = declared.computeIfAbsent(handler, DeclaredQueryParameters::of);
        if (known.equals(ANYTHING)) {
            return;
        }
        var unknown = given.stream()
                .filter(name -> !known.contains(name))
                .sorted()
                .map(name -> refused(name, known))
                .toList();
        if (!unknown.isEmpty()) {
            throw ProblemException.invalid(unknown);
        }
    }

    private static Problem.FieldError refused(String name, Set<String> known) {
        var expected = known.isEmpty()
                ? ""
                : ", expected one of " + known.stream().sorted().collect(Collectors.joining(", "));
        return new Problem.FieldError("query:" + name, "UNKNOWN_PARAMETER", "there is no such parameter" + expected);
    }

    private static Set<String> of(HandlerMethod handler) {
        Set<String> names = new HashSet<>();
        for (var parameter : handler.getMethodParameters()) {
            if (takesAll(parameter)) {
                return ANYTHING;
            }
            names(parameter).forEach(names::add);
        }
        return Set.copyOf(names);
    }

    private static boolean takesAll(MethodParameter parameter) {
        return parameter.hasParameterAnnotation(RequestParam.class)
                && Map.class.isAssignableFrom(parameter.getParameterType());
    }

    private static Stream<String> names(MethodParameter parameter) {
        if (parameter.hasParameterAnnotation(QueryRecord.class)) {
            return Arrays.stream(parameter.getParameterType().getRecordComponents())
                    .map(RecordComponent::getName);
        }
        return Optional.ofNullable(parameter.getParameterAnnotation(RequestParam.class)).stream()
                .map(query -> query.name().isEmpty() ? String.valueOf(parameter.getParameterName()) : query.name());
    }
}
