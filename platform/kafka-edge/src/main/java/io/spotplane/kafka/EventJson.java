package io.spotplane.kafka;

import com.fasterxml.jackson.annotation.JsonInclude;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON as events speak it. Independent of the service's own HTTP settings: what stands in a topic outlives them.
 */
final class EventJson {

    private EventJson() {}

    /** Writes no nulls; reads unknown fields as nothing and unknown enum values as null, so that producers may go ahead. */
    static JsonMapper tolerant() {
        return JsonMapper.builder()
                .changeDefaultPropertyInclusion(included -> included.withValueInclusion(JsonInclude.Include.NON_NULL))
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(EnumFeature.READ_UNKNOWN_ENUM_VALUES_AS_NULL)
                .build();
    }
}
