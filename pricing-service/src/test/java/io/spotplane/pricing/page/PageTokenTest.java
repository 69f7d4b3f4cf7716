package io.spotplane.pricing.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spotplane.web.ProblemException;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTokenTest {

    private static final String QUESTION = PageToken.fingerprint("gpu=L4");

    @Test
    void carriesThePositionToTheNextPage() {
        // Given
        var token = new PageToken(QUESTION, List.of("300000", "aws:us-east-1:-:g6.xlarge:spot")).encoded();
        // When
        var position = PageToken.positionIn(token, QUESTION, 2);
        // Then
        assertThat(position).containsExactly("300000", "aws:us-east-1:-:g6.xlarge:spot");
    }

    @Test
    void hasNoPositionOnTheFirstPage() {
        assertThat(PageToken.positionIn(null, QUESTION, 2)).isNull();
    }

    @Test
    void refusesATokenOfAnotherQuestion() {
        // Given
        var token = new PageToken(PageToken.fingerprint("gpu=H100"), List.of("1", "x")).encoded();
        // When / Then
        assertThatThrownBy(() -> PageToken.positionIn(token, QUESTION, 2))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.errors()).singleElement().satisfies(error -> {
                            assertThat(error.pointer()).isEqualTo("query:pageToken");
                            assertThat(error.code()).isEqualTo("OTHER_QUESTION");
                        }));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "%%%", "not base64!", "MQ", "AAAA", "////"})
    void refusesWhatIsNoToken(String text) {
        assertThatThrownBy(() -> PageToken.positionIn(text, QUESTION, 2)).isInstanceOf(ProblemException.class);
    }

    @Test
    void refusesATokenOfEndlessLength() {
        // Given
        var text = Base64.getUrlEncoder().encodeToString(new byte[10_000]);
        // When / Then
        assertThatThrownBy(() -> PageToken.positionIn(text, QUESTION, 2)).isInstanceOf(ProblemException.class);
    }
}
