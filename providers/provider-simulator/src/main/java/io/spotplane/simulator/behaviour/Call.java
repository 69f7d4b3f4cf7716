package io.spotplane.simulator.behaviour;

import java.util.List;
import java.util.Map;

/**
 * What a caller wants, before anything happens.
 *
 * @param operations the provider's own names, {@code RunInstances} or {@code podTerminate}; several when one GraphQL
 *                   document has several root fields
 * @param attributes what rules may match on: {@code region}, {@code zone}, {@code instanceType}, {@code gpu}, …
 */
public record Call(Provider provider, List<String> operations, Map<String, String> attributes) {

    public Call {
        operations = List.copyOf(operations);
        attributes = Map.copyOf(attributes);
    }

    public static Call of(Provider provider, String operation, Map<String, String> attributes) {
        return new Call(provider, List.of(operation), attributes);
    }
}
