package io.spotplane.providers.netbox;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** NetBox's {@code dcim/devices}, as far as it is used. */
final class NetBoxWire {

    private NetBoxWire() {}

    record DevicePage(@Nullable String next, @Nullable List<Device> results) {}

    record Device(
            String id,
            @Nullable String name,
            @Nullable Status status,
            @JsonAlias("device_role") @Nullable Named role,
            @Nullable Named tenant,
            @Nullable Named site,
            @Nullable Named rack,
            @Nullable List<Named> tags,
            @JsonProperty("custom_fields") @Nullable Map<String, @Nullable JsonNode> customFields,
            @JsonProperty("display_url") @Nullable String displayUrl) {

        /** A custom field that is set. */
        Optional<JsonNode> custom(String field) {
            return Optional.ofNullable(customFields)
                    .flatMap(fields -> Optional.ofNullable(fields.get(field)))
                    .filter(value -> !value.isNull());
        }
    }

    record Status(@Nullable String value) {}

    record Named(@Nullable String name) {

        static @Nullable String of(@Nullable Named named) {
            return named == null ? null : named.name();
        }
    }
}
