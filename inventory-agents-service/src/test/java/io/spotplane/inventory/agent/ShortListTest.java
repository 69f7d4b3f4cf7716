package io.spotplane.inventory.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShortListTest {

    @ParameterizedTest
    @CsvSource({"0,5", "4,10", "59,120"})
    void doubtsAListOfLessThanHalf(int size, int before) {
        assertThat(ShortList.doubt(size, before)).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"5,10", "60,120", "120,120", "500,120"})
    void believesAListOfHalfOrMore(int size, int before) {
        assertThat(ShortList.doubt(size, before)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0,0", "0,4", "1,4"})
    void believesWhateverFollowsAListThatIsTooSmallToTell(int size, int before) {
        assertThat(ShortList.doubt(size, before)).isEmpty();
    }
}
