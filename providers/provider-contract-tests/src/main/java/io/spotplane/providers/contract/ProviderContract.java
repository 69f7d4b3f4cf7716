package io.spotplane.providers.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.spotplane.contracts.vocabulary.Refusal;
import io.spotplane.providers.spi.ProviderFault;
import java.time.Duration;
import java.util.Objects;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import reactor.core.publisher.Mono;

/** What all contracts share: an account and its far side. */
abstract class ProviderContract {

    /** What an answer may take beyond the call's own time-out, on a busy machine. */
    private static final Duration SLACK = Duration.ofSeconds(4);

    private MarketAccount account;

    /** A fresh adapter, its breakers closed. */
    protected abstract MarketAccount openAccount();

    /** What stands behind it. */
    protected abstract MarketSide farSide();

    @BeforeEach
    void open() {
        farSide().calm();
        account = openAccount();
    }

    @AfterEach
    void calm() {
        farSide().calm();
    }

    MarketAccount account() {
        return account;
    }

    /** The answer of a call, which must come within the call's time-out. */
    final <T> T answer(Mono<T> call) {
        return Objects.requireNonNull(
                call.block(account.callTimeout().plus(SLACK).multipliedBy(2)));
    }

    /** The answer of a call to a far side that keeps silent: it must come when the call's time-out is over. */
    final <T> T answerInSpiteOfSilence(Mono<T> call) {
        return Objects.requireNonNull(call.block(account.callTimeout().plus(SLACK)));
    }

    final ProviderFault faultOf(Mono<?> read) {
        return Assertions.catchThrowableOfType(ProviderFault.class, () -> answerInSpiteOfSilence(read));
    }

    final void assertIsFault(ProviderFault fault, Refusal refusal) {
        assertThat(fault).isNotNull();
        assertThat(fault.refusal()).isEqualTo(refusal);
        assertKeepsTheSecret(fault);
    }

    final void assertKeepsTheSecret(Object said) {
        assertThat(said).isNotNull();
        assertThat(said.toString()).doesNotContain(farSide().secret());
        if (said instanceof Throwable fault) {
            assertThat(fault).hasMessageNotContaining(farSide().secret());
        }
    }
}
