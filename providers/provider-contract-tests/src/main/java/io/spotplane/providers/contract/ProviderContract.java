package io.spotplane.providers.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.spotplane.contracts.vocabulary.CapacityType;
import io.spotplane.contracts.vocabulary.HourlyPrice;
import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.contracts.vocabulary.Refusal;
import io.spotplane.providers.spi.LaunchOrder;
import io.spotplane.providers.spi.LaunchOutcome;
import io.spotplane.providers.spi.LaunchOutcome.Accepted;
import io.spotplane.providers.spi.LaunchToken;
import io.spotplane.providers.spi.ObservedInstance;
import io.spotplane.providers.spi.ProviderFault;
import io.spotplane.providers.spi.ProviderInstanceId;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import reactor.core.publisher.Mono;

/** What the contracts share: an account, its far side, and an owner of their own, so that no test sees another's machines. */
abstract class ProviderContract {

    /** Longest time for which a machine is waited for. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** What an answer may take beyond the call's own time-out, on a busy machine. */
    private static final Duration SLACK = Duration.ofSeconds(4);

    private static final HourlyPrice PLENTY = HourlyPrice.usd("100");

    private final String owner = "test-" + UUID.randomUUID().toString().substring(0, 8);
    private Account account;

    /** A fresh adapter, its breakers closed. */
    protected abstract Account openAccount();

    /** What stands behind it. */
    protected abstract FarSide farSide();

    /** Whether this is what the tests buy: a cheap machine, and a spot one unless an adapter's test says otherwise. */
    protected boolean isWanted(Offering offering) {
        return offering.capacityType() == CapacityType.SPOT
                && offering.gpu() != null
                && offering.gpu().count() == 1
                && offering.gpu().model().equals("L4");
    }

    @BeforeEach
    void open() {
        farSide().calm();
        account = openAccount();
    }

    @AfterEach
    void calm() {
        farSide().calm();
    }

    final Account account() {
        return account;
    }

    final String owner() {
        return owner;
    }

    /** An order that can be filled, for this test's owner. */
    protected final LaunchOrder order() {
        return order(owner, PLENTY);
    }

    final LaunchOrder order(String owner, HourlyPrice maxPrice) {
        return new LaunchOrder(newToken(), forSale(), maxPrice, null, owner, Map.of("spotplane:request", "r-1"));
    }

    private Offering forSale() {
        return answer(account.market().sweep()).offerings().stream()
                .filter(this::isWanted)
                .findFirst()
                .orElseThrow(() -> new AssertionError("the far side sells no such machine"));
    }

    /** What comes of an order. */
    protected final LaunchOutcome launch(LaunchOrder order) {
        return answer(account.launcher().launch(order));
    }

    /** Launches; the machine's id. */
    final ProviderInstanceId launched(LaunchOrder order) {
        return ((Accepted) launch(order)).instance();
    }

    /** The machine of this order, as soon as the list shows it so. */
    final ObservedInstance seen(LaunchOrder order, Predicate<ObservedInstance> so) {
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> listed(order).filter(so), Optional::isPresent)
                .orElseThrow();
    }

    /** Waits until the far side's books say that nothing of this order is alive. */
    final void awaitEnd(LaunchOrder order) {
        await().atMost(PATIENCE).until(() -> farSide().alive(order.token()) == 0);
    }

    final Optional<ObservedInstance> listed(LaunchOrder order) {
        return answer(account.inspector().list(order.owner())).instances().stream()
                .filter(machine -> order.token().equals(machine.token()))
                .findFirst();
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

    private static LaunchToken newToken() {
        return new LaunchToken(
                "sp-" + UUID.randomUUID().toString().replace("-", "").substring(0, 24));
    }
}
