package io.spotplane.providers.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlacesTest {

    private final Places places = new Places();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "us-east-1|us-east-1",
                "westeurope|westeurope",
                "CANADA-1|CANADA-1",
                "Denmark, DK, EU|eu-dk-denmark",
                "British Columbia, CA, NA|na-ca-british-columbia",
                "The Netherlands, NL, EU|eu-nl-the-netherlands",
                "', CA, NA'|na-ca",
                "Île-de-France, FR, EU|eu-fr-ile-de-france",
                "Georgia, US, NA|na-us-georgia"
            })
    void aNameForIdsSaysTheWidestPlaceFirst(String text, String name) {
        assertThat(places.named(text)).isEqualTo(name);
    }

    @Test
    void placesThatLoseLettersStayDistinctAndTheSame() {
        // Given
        var texts = Stream.of("東京, JP, AS", "大阪, JP, AS", "東京", "!!!", "x".repeat(300), "x".repeat(299) + "y");
        // When
        var names = texts.map(places::named).toList();
        // Then
        assertThat(names).doesNotHaveDuplicates().allMatch(name -> name.matches("[a-z0-9-]{1,64}"));
        assertThat(names.getFirst()).startsWith("as-jp-");
        assertThat(new Places().named("東京, JP, AS")).isEqualTo(names.getFirst());
    }
}
