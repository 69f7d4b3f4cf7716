package io.spotplane.simulator.behaviour;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;

/** The far sides that are simulated, by the names the control interface uses. */
public enum Provider {
    AWS,
    RUNPOD,
    OPENSTACK,
    NETBOX,
    RACKSPACE,
    CATALOGUE;

    @JsonValue
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException when there is no such provider */
    @JsonCreator
    public static Provider of(String id) {
        return Arrays.stream(values())
                .filter(provider -> provider.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "no provider '%s', expected one of aws, runpod, openstack, netbox, rackspace, catalogue"
                                .formatted(id)));
    }
}
