package io.spotplane.notification.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spotplane.web.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {

    @Test
    void survivesTheWayToTheClientAndBack() {
        assertThat(Cursor.read(new Cursor(4_711).text())).isEqualTo(new Cursor(4_711));
    }

    @ParameterizedTest
    @ValueSource(strings = {"17", "garbage!", "AAAAAAAAAAAA", "=="})
    void whatTheStreamDidNotGiveOutIsRefused(String text) {
        assertThatThrownBy(() -> Cursor.read(text)).isInstanceOf(ProblemException.class);
    }
}
