package io.spotplane.web.body;

import java.util.List;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.MutableCoercionConfig;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/**
 * How request bodies are read: no field that we do not know, no key twice, nothing converted from another type, nothing
 * deeper or longer than any honest body. Events and providers' answers are read by other mappers, tolerantly.
 */
final class StrictJson {

    private static final int DEPTH = 32;
    private static final int NAME = 256;
    private static final int NUMBER = 64;
    private static final int TEXT = 64 * 1024;
    private static final int TOKENS = 50_000;

    private StrictJson() {}

    static JsonMapper mapper(List<JsonMapperBuilderCustomizer> customizers) {
        var builder = JsonMapper.builder(factory());
        customizers.forEach(customizer -> customizer.customize(builder));
        return builder.enable(
                        DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                        DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                        DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .withCoercionConfig(LogicalType.Textual, StrictJson::nothingButText)
                .build();
    }

    private static void nothingButText(MutableCoercionConfig text) {
        text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
    }

    private static JsonFactory factory() {
        return JsonFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(DEPTH)
                        .maxNameLength(NAME)
                        .maxNumberLength(NUMBER)
                        .maxStringLength(TEXT)
                        .maxTokenCount(TOKENS)
                        .build())
                .build();
    }
}
