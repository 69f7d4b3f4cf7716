package io.spotplane.contracts.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.spotplane.contracts.vocabulary.Availability;
import io.spotplane.contracts.vocabulary.CapacityType;
import io.spotplane.contracts.vocabulary.InstancePhase;
import io.spotplane.contracts.vocabulary.RequestKind;
import io.spotplane.contracts.vocabulary.RequestPhase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Every event type has a schema, samples that decode for ever, and a place in the AsyncAPI document; all say the same. */
class EventContractsTest {

    private static final Path SCHEMAS = Path.of("src/main/resources/schemas");
    private static final Path GOLDEN = Path.of("src/test/resources/golden");
    private static final String URN = "urn:spotplane:schema:";

    private static final JsonMapper JSON = JsonMapper.builder()
            .changeDefaultPropertyInclusion(included -> included.withValueInclusion(JsonInclude.Include.NON_NULL))
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder ->
                    builder.schemas(urn -> urn.startsWith(URN) ? text(schemaFile(urn.substring(URN.length()))) : null));

    @ParameterizedTest
    @EnumSource
    void eachTypeHasASampleASchemaAndAUniqueWireName(EventType type) {
        assertThat(samples(type)).isNotEmpty();
        assertThat(schemaFile(type.wireName())).exists();
        assertThat(EventType.named(type.wireName())).contains(type);
        assertThat(type.wireName()).matches("io\\.spotplane\\.[a-z]+\\.[a-z-]+\\.v[0-9]+");
        assertThat(schema(type).get("$id").asString()).isEqualTo(type.schema());
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("golden")
    void aSampleDecodesForEver(EventType type, Path sample) {
        // Given
        var written = JSON.readTree(text(sample));
        // When
        var decoded = JSON.treeToValue(written, type.dataType());
        // Then
        assertThat(JSON.readTree(JSON.writeValueAsString(decoded))).isEqualTo(written);
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("golden")
    void aSampleIsValid(EventType type, Path sample) {
        assertThat(errors(type, JSON.readTree(text(sample)))).isEmpty();
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("golden")
    void aFieldOfALaterVersionHarmsNobody(EventType type, Path sample) {
        // Given
        var later = (ObjectNode) JSON.readTree(text(sample));
        later.put("addedInALaterVersion", true);
        // Then
        assertThat(errors(type, later)).isEmpty();
        assertThat(JSON.treeToValue(later, type.dataType())).isEqualTo(JSON.readValue(text(sample), type.dataType()));
    }

    @ParameterizedTest
    @EnumSource
    void theSchemaRequiresWhatTheRecordNeverLeavesOut(EventType type) {
        // Given
        var schema = resolved(schema(type));
        var components = List.of(type.dataType().getRecordComponents());
        // Then
        assertThat(schema.get("properties").propertyNames())
                .containsExactlyInAnyOrderElementsOf(
                        components.stream().map(RecordComponent::getName).toList());
        assertThat(strings(schema.get("required")))
                .containsExactlyInAnyOrderElementsOf(components.stream()
                        .filter(component -> !isNullable(component))
                        .map(RecordComponent::getName)
                        .toList());
    }

    @ParameterizedTest
    @EnumSource
    void theSchemaNoticesAMissingField(EventType type) {
        var sample = (ObjectNode) JSON.readTree(text(samples(type).getFirst()));
        for (var required : strings(resolved(schema(type)).get("required"))) {
            var broken = sample.deepCopy().without(required);
            assertThat(errors(type, broken)).as(required).isNotEmpty();
        }
    }

    @Test
    void theSchemaRefusesMoneyAsANumber() {
        // Given
        var sample = (ObjectNode)
                JSON.readTree(text(samples(EventType.REQUEST_SETTLED).getFirst()));
        ((ObjectNode) sample.get("costSoFar")).put("amount", 0.13);
        // Then
        assertThat(errors(EventType.REQUEST_SETTLED, sample)).isNotEmpty();
    }

    @Test
    void theVocabularyListsTheValuesOfTheEnums() {
        var known = Map.<String, Class<? extends Enum<?>>>of(
                "availability", Availability.class,
                "capacityType", CapacityType.class,
                "instancePhase", InstancePhase.class,
                "requestPhase", RequestPhase.class,
                "requestKind", RequestKind.class,
                "certainty", Interruption.Certainty.class);
        known.forEach((name, type) -> assertThat(strings(definition(name).get("x-extensible-enum")))
                .as(name)
                .containsExactlyElementsOf(
                        Arrays.stream(type.getEnumConstants()).map(Enum::name).toList()));
    }

    @Test
    void theAsyncApiDocumentNamesEveryTypeOnItsTopicWithItsSchema() {
        // Given
        Map<String, Object> document = new Yaml().load(text(Path.of("src/main/resources/asyncapi.yaml")));
        var messages = at(document, "components", "messages");
        // Then
        assertThat(document).containsEntry("asyncapi", "3.0.0");
        assertThat(messages.values().stream().map(message -> at(message).get("name")))
                .containsExactlyInAnyOrder(Arrays.stream(EventType.values())
                        .map(EventType::wireName)
                        .toArray());
        for (var channel : at(document, "channels").values()) {
            for (var reference : at(channel, "messages").values()) {
                var message = at(messages.get(lastSegment((String) at(reference).get("$ref"))));
                var type = EventType.named((String) message.get("name")).orElseThrow();
                assertThat(at(channel)).containsEntry("address", type.topic());
                assertThat(at(message, "payload", "schema"))
                        .containsEntry("$ref", "./schemas/" + type.wireName() + ".schema.json");
            }
        }
        assertThat(at(document, "channels").values().stream()
                        .mapToInt(channel -> at(channel, "messages").size())
                        .sum())
                .isEqualTo(EventType.values().length);
    }

    static Stream<Object[]> golden() {
        return Arrays.stream(EventType.values())
                .flatMap(type -> samples(type).stream().map(sample -> new Object[] {type, sample}));
    }

    private static List<Path> samples(EventType type) {
        try (var files = Files.list(GOLDEN.resolve(type.wireName()))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Collection<Error> errors(EventType type, JsonNode data) {
        Schema schema = REGISTRY.getSchema(SchemaLocation.of(type.schema()));
        return schema.validate(
                data, execution -> execution.executionConfig(config -> config.formatAssertionsEnabled(true)));
    }

    private static JsonNode schema(EventType type) {
        return JSON.readTree(text(schemaFile(type.wireName())));
    }

    private static JsonNode resolved(JsonNode schema) {
        return schema.has("$ref") ? definition(lastSegment(schema.get("$ref").asString())) : schema;
    }

    private static JsonNode definition(String name) {
        return JSON.readTree(text(schemaFile("vocabulary"))).get("$defs").get(name);
    }

    private static Path schemaFile(String name) {
        return SCHEMAS.resolve(name + ".schema.json");
    }

    private static boolean isNullable(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    private static List<String> strings(JsonNode array) {
        return array.valueStream().map(JsonNode::asString).toList();
    }

    private static String lastSegment(String reference) {
        return reference.substring(reference.lastIndexOf('/') + 1);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> at(Object node, String... path) {
        var found = (Map<String, Object>) node;
        for (var name : path) {
            found = (Map<String, Object>) found.get(name);
        }
        return found;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
