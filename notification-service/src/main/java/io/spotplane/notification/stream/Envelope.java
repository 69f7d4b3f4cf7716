package io.spotplane.notification.stream;

import io.spotplane.contracts.event.Event;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** CloudEvents 1.0 in structured JSON: what webhooks and streams carry. The data passes through unchanged. */
@Component
public class Envelope {

    private final JsonMapper json = new JsonMapper();

    /** {@code event} around {@code data}, which is its data as it was received, with fields that we may not know. */
    public String around(Event<?> event, byte[] data) {
        return around(event.type().wireName(), event.type().schema(), event, json.readTree(data));
    }

    /** An event of a {@code type} that only webhooks know. */
    public String around(String type, Event<?> event) {
        return around(type, null, event, json.valueToTree(event.data()));
    }

    private String around(String type, @Nullable String schema, Event<?> event, JsonNode data) {
        var envelope = json.createObjectNode()
                .put("specversion", "1.0")
                .put("id", event.id())
                .put("type", type)
                .put("source", event.source())
                .put("subject", event.subject())
                .put("time", event.time().toString())
                .put("datacontenttype", "application/json");
        if (schema != null) {
            envelope.put("dataschema", schema);
        }
        envelope.put("tenant", event.tenant());
        if (event.sequence() > 0) {
            envelope.put("sequence", Long.toString(event.sequence()));
        }
        Instant expires = event.expires();
        if (expires != null) {
            envelope.put("expires", expires.toString());
        }
        if (event.traceparent() != null) {
            envelope.put("traceparent", event.traceparent());
        }
        return envelope.set("data", data).toString();
    }
}
