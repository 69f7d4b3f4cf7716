package io.spotplane.provisioning.document;

import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Readable;
import java.util.Objects;
import org.springframework.stereotype.Component;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Values as {@code jsonb}, apart from the HTTP edge's mapper, whose strictness is for what clients send. */
@Component
public final class Documents {

    private static final String COLUMN = "document";

    private final JsonMapper json = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** The document of {@code value}. */
    public Json of(Object value) {
        return Json.of(json.writeValueAsBytes(value));
    }

    /** The value in the row's column {@code document}. */
    public <T> T read(Readable row, Class<T> type) {
        return json.readValue(
                Objects.requireNonNull(row.get(COLUMN, Json.class)).asArray(), type);
    }
}
