package io.spotplane.stack.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ResidentMemoryTest {

    @Test
    void isReadFromTheKernelsSummary() {
        var lines = Stream.of(
                "00400000-ffffffff ---p 00000000 00:00 0    [rollup]",
                "Rss:  123456 kB",
                "Pss:   100000 kB",
                "Pss_Anon: 7 kB");
        assertThat(ResidentMemory.parse(lines)).isEqualTo(new ResidentMemory(123456, 100000));
    }

    @Test
    void ofThisJvmIsMoreThanNothing() {
        var memory = ResidentMemory.of(ProcessHandle.current());
        assertThat(memory.resident()).isPositive();
        assertThat(memory.proportional()).isLessThanOrEqualTo(memory.resident());
    }
}
