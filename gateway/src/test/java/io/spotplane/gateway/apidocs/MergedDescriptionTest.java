package io.spotplane.gateway.apidocs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MergedDescriptionTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Map<String, JsonNode> services = new LinkedHashMap<>();

    @Test
    void hasThePathsOfAllServicesAndNoneOfTheirInside() {
        // Given
        describe("pricing", "{\"paths\":{\"/v1/offerings\":{\"get\":{}},\"/actuator/health\":{\"get\":{}}}}");
        describe("provisioning", "{\"paths\":{\"/v1/gpu-requests\":{\"post\":{}}}}");
        // When
        var whole = MergedDescription.of(services, List.of());
        // Then
        assertThat(whole.get("paths").propertyNames()).containsExactly("/v1/gpu-requests", "/v1/offerings");
        assertThat(whole.get("openapi").stringValue()).isEqualTo("3.1.0");
        assertThat(whole.at("/info/x-missing-services").isMissingNode()).isTrue();
    }

    @Test
    void sharesComponentsThatAreTheSame() {
        // Given
        describe("pricing", "{\"components\":{\"schemas\":{\"Money\":{\"type\":\"object\"}}}}");
        describe("provisioning", "{\"components\":{\"schemas\":{\"Money\":{\"type\":\"object\"}}}}");
        // When
        var whole = MergedDescription.of(services, List.of());
        // Then
        assertThat(whole.at("/components/schemas").propertyNames()).containsExactly("Money");
    }

    @Test
    void renamesAComponentThatMeansSomethingElseAndItsReferencesFollow() {
        // Given
        describe("pricing", "{\"components\":{\"schemas\":{\"Page\":{\"type\":\"object\"}}}}");
        describe("provisioning", """
                {"paths":{"/v1/gpu-requests":{"get":{"schema":{"oneOf":[{"$ref":"#/components/schemas/Page"}]}}}},
                 "components":{"schemas":{"Page":{"type":"array","items":{"$ref":"#/components/schemas/Page"}}}}}""");
        // When
        var whole = MergedDescription.of(services, List.of());
        // Then
        assertThat(whole.at("/components/schemas").propertyNames()).containsExactly("Page", "provisioning.Page");
        assertThat(whole.at("/paths/~1v1~1gpu-requests/get/schema/oneOf/0/$ref").stringValue())
                .isEqualTo("#/components/schemas/provisioning.Page");
        assertThat(whole.at("/components/schemas/provisioning.Page/items/$ref").stringValue())
                .isEqualTo("#/components/schemas/provisioning.Page");
    }

    @Test
    void twoOperationsNeverShareAnId() {
        // Given
        describe("pricing", "{\"paths\":{\"/v1/a\":{\"get\":{\"operationId\":\"list\"}}}}");
        describe("inventory", "{\"paths\":{\"/v1/b\":{\"get\":{\"operationId\":\"list\"}}}}");
        // When
        var whole = MergedDescription.of(services, List.of());
        // Then
        assertThat(whole.at("/paths/~1v1~1b/get/operationId").stringValue()).isEqualTo("inventory_list");
    }

    @Test
    void namesTheServicesThatDidNotAnswer() {
        // When
        var whole = MergedDescription.of(services, List.of("pricing"));
        // Then
        assertThat(whole.at("/info/x-missing-services/0").stringValue()).isEqualTo("pricing");
    }

    private void describe(String service, String json) {
        services.put(service, JSON.readTree(json));
    }
}
