package io.spotplane.providers.support;

import static org.assertj.core.api.Assertions.assertThat;

import io.spotplane.providers.support.Quoted.Amount;
import io.spotplane.providers.support.Quoted.Flaw;
import io.spotplane.providers.support.Quoted.Flawed;
import io.spotplane.providers.support.Quoted.Nothing;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuotedTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0.051000000000000004|0.051000",
                "'$1,204.50'|1204.50",
                "1e-05|0.00001",
                ".5|.5",
                "0.00|0",
                "999999999999.999999|999999999999.999999"
            })
    void readsWhatFeedsWrite(String text, BigDecimal amount) {
        assertThat(Quoted.of(text))
                .isInstanceOfSatisfying(
                        Amount.class, read -> assertThat(read.amount()).isEqualByComparingTo(amount));
    }

    @ParameterizedTest
    @CsvSource({
        "NaN, NOT_A_NUMBER",
        "Infinity, NOT_A_NUMBER",
        "abc, NOT_A_NUMBER",
        "1.2.3, NOT_A_NUMBER",
        "0x10, NOT_A_NUMBER",
        "'0,10', NOT_A_NUMBER",
        "1e999999999, NOT_A_NUMBER",
        "-0.1, NEGATIVE_PRICE",
        "1000000000000, PRICE_TOO_HIGH",
        "1e12, PRICE_TOO_HIGH"
    })
    void namesWhatCannotBeAPrice(String text, Flaw flaw) {
        assertThat(Quoted.of(text)).isEqualTo(new Flawed(flaw));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "$"})
    void nothingIsNothing(String text) {
        assertThat(Quoted.of(text)).isEqualTo(new Nothing());
    }

    @Test
    void numbersThatAreHugeWorkInFewDigitsAreJudgedAtOnce() {
        assertThat(Quoted.of(new BigDecimal("1e999999999"))).isEqualTo(new Flawed(Flaw.PRICE_TOO_HIGH));
        assertThat(Quoted.of(new BigDecimal("1e-999999999"))).isEqualTo(new Amount(BigDecimal.ZERO));
    }

    @Test
    void bothTogetherAreSoldOnlyIfBothAre() {
        assertThat(Quoted.of("0.1").plus(Quoted.of("0.2"))).isEqualTo(Quoted.of("0.3"));
        assertThat(Quoted.of("0.1").plus(new Nothing())).isEqualTo(new Nothing());
        assertThat(new Nothing().plus(Quoted.of("nonsense"))).isEqualTo(new Flawed(Flaw.NOT_A_NUMBER));
    }
}
