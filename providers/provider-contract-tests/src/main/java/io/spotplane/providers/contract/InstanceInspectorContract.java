package io.spotplane.providers.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.spotplane.contracts.vocabulary.HourlyPrice;
import io.spotplane.contracts.vocabulary.Refusal;
import io.spotplane.providers.contract.MarketSide.Call;
import io.spotplane.providers.contract.MarketSide.Trouble;
import io.spotplane.providers.spi.LaunchOrder;
import io.spotplane.providers.spi.LaunchToken;
import io.spotplane.providers.spi.ObservedInstance;
import io.spotplane.providers.spi.ObservedInstance.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The laws of {@link io.spotplane.providers.spi.InstanceInspector}. */
public abstract class InstanceInspectorContract extends BuyingContract {

    /** More than the smallest page of any provider. */
    private static final int MORE_THAN_A_PAGE = 7;

    @Test
    void aMachineIsReachableOnlyOnceItRuns() {
        // Given
        var order = order();
        var machine = launched(order);
        // When
        var ready = seen(order, ObservedInstance::reachable);
        // Then
        assertThat(ready.id()).isEqualTo(machine);
        assertThat(ready.state()).isEqualTo(State.RUNNING);
        assertThat(ready.address()).isNotBlank();
        assertThat(ready.reclaimed()).isFalse();
    }

    @Test
    void theListHoldsAllMachinesOfItsOwnerAndNoOthers() {
        // Given
        var orders = Stream.generate(this::order).limit(MORE_THAN_A_PAGE).toList();
        orders.forEach(this::launched);
        var stranger = order("someone-else", HourlyPrice.usd("100"));
        launched(stranger);
        seen(stranger, any -> true);
        // When
        await().atMost(Duration.ofSeconds(20)).until(() -> tokens().size() >= orders.size());
        // Then
        assertThat(tokens())
                .containsExactlyInAnyOrderElementsOf(
                        orders.stream().map(LaunchOrder::token).toList());
    }

    @Test
    void aListIsAsOldAsItsFirstPage() {
        // Given
        var before = Instant.now();
        // When
        var listing = answer(account().inspector().list(owner()));
        // Then
        assertThat(listing.asOf()).isBetween(before, Instant.now());
        assertThat(listing.instances()).isEmpty();
    }

    @Test
    void aMachineThatWasTakenBackSaysSo() {
        // Given
        var order = order();
        var machine = launched(order);
        seen(order, it -> it.state() == State.RUNNING);
        // When
        farSide().reclaim(machine, false);
        // Then
        var taken = seen(order, ObservedInstance::reclaimed);
        assertThat(taken.state()).isIn(State.ENDING, State.ENDED, State.STOPPED);
        assertThat(taken.reachable()).isFalse();
    }

    @Test
    void aFailedPageFailsTheList() {
        // Given
        launched(order());
        farSide().trouble(Call.LIST, Trouble.FAILURE, 1);
        // When
        var fault = faultOf(account().inspector().list(owner()));
        // Then
        assertIsFault(fault, Refusal.TRANSIENT);
    }

    @Test
    void aWebPageIsNotAnEmptyList() {
        // Given
        launched(order());
        farSide().trouble(Call.LIST, Trouble.WEB_PAGE, 1);
        // When
        var fault = faultOf(account().inspector().list(owner()));
        // Then
        assertIsFault(fault, Refusal.TRANSIENT);
    }

    @Test
    void silenceFailsTheListWithinTheTimeOut() {
        // Given
        farSide().trouble(Call.LIST, Trouble.SILENCE, 1);
        // When
        var fault = faultOf(account().inspector().list(owner()));
        // Then
        assertIsFault(fault, Refusal.TRANSIENT);
    }

    @Test
    void throttlingIsNamed() {
        // Given
        farSide().trouble(Call.LIST, Trouble.THROTTLED, 1);
        // When
        var fault = faultOf(account().inspector().list(owner()));
        // Then
        assertIsFault(fault, Refusal.THROTTLED);
    }

    private List<@Nullable LaunchToken> tokens() {
        return answer(account().inspector().list(owner())).instances().stream()
                .<@Nullable LaunchToken>map(ObservedInstance::token)
                .toList();
    }
}
