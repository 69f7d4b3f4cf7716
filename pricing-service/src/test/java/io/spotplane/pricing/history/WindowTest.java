package io.spotplane.pricing.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spotplane.web.ProblemException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WindowTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    @Test
    void goesOnBeforeTheLastChangeThatWasGivenOut() {
        // Given
        var window = Window.of("aws:x", null, null);
        var last = NOON.plusNanos(123_456_000);
        // When
        var rest = window.after(window.tokenAfter(last));
        // Then
        assertThat(rest.before()).isEqualTo(last);
        assertThat(rest.from()).isEqualTo(window.from());
    }

    @Test
    void refusesATokenOfAnotherOffering() {
        // Given
        var token = Window.of("aws:x", null, null).tokenAfter(NOON);
        // When / Then
        assertThatThrownBy(() -> Window.of("aws:y", null, null).after(token)).isInstanceOf(ProblemException.class);
    }

    @Test
    void refusesAnEndThatIsNotAfterItsBeginning() {
        assertThatThrownBy(() -> Window.of("aws:x", NOON, NOON))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.errors())
                                .extracting(error -> error.pointer())
                                .containsExactly("query:from"));
    }

    @Test
    void takesTimesThatNoDatabaseHoldsAsFirstAndLast() {
        // When
        var window = Window.of("aws:x", Instant.MIN, Instant.MAX);
        // Then
        assertThat(window).isEqualTo(Window.of("aws:x", null, null));
    }
}
