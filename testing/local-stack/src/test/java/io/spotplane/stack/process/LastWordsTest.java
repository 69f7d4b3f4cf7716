package io.spotplane.stack.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class LastWordsTest {

    @Test
    void framesAndEmptyLinesAreLeftOut() {
        // Given
        var log = List.of(
                "ERROR Application run failed",
                "",
                "java.lang.IllegalStateException: no key",
                "\tat io.spotplane.Service.main(Service.java:1)",
                "\t... 21 common frames omitted");
        // Then
        assertThat(LastWords.in(log))
                .containsExactly("ERROR Application run failed", "java.lang.IllegalStateException: no key");
    }

    @Test
    void onlyTheEndOfALongLogIsTold() {
        assertThat(LastWords.in(Collections.nCopies(1000, "x".repeat(1000))))
                .hasSize(8)
                .allMatch(line -> line.length() == 301);
    }
}
