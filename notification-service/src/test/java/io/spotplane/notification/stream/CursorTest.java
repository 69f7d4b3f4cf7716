package io.spotplane.notification.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spotplane.web.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 4711, Long.MAX_VALUE})
    void isReadAsItWasWritten(long position) {
        assertThat(Cursor.read(new Cursor(position).text())).isEqualTo(new Cursor(position));
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "1", "AAAA", "!!", "AgAAAAAAAAAB", "AQAAAAAAAAABAA"})
    void refusesWhatItDidNotGiveOut(String text) {
        assertThatThrownBy(() -> Cursor.read(text)).isInstanceOf(ProblemException.class);
    }

    @Test
    void aReaderHasMissedSomethingWhenItsPlaceIsForgottenOrWasNeverReached() {
        var bounds = new EventLog.Bounds(10, 4);
        assertThat(bounds.hasGapAfter(new Cursor(3))).isTrue();
        assertThat(bounds.hasGapAfter(new Cursor(4))).isFalse();
        assertThat(bounds.hasGapAfter(new Cursor(10))).isFalse();
        assertThat(bounds.hasGapAfter(new Cursor(11))).isTrue();
    }
}
