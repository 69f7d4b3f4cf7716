package io.spotplane.pricing.book;

import org.springframework.stereotype.Component;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The JSON of what is kept: the wire records, written as they are and read tolerantly, so that a version may read what its neighbours
 * wrote. Apart from the mapper of the HTTP edge, which is strict.
 */
@Component
public class BookJson {

    private final JsonMapper mapper = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** The mapper. */
    public JsonMapper mapper() {
        return mapper;
    }
}
