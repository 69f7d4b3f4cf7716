package io.spotplane.providers.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.spotplane.contracts.vocabulary.CapacityType;
import io.spotplane.contracts.vocabulary.GpuModels;
import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.contracts.vocabulary.Refusal;
import io.spotplane.providers.contract.MarketSide.Call;
import io.spotplane.providers.contract.MarketSide.Trouble;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The laws of {@link io.spotplane.providers.spi.MarketData}. */
public abstract class MarketDataContract extends ProviderContract {

    /** GPU models that the far side is known to sell, by their common names. */
    protected List<String> soldModels() {
        return List.of("L4", "L40S", "A100-80GB");
    }

    /** What the far side sells. */
    protected List<CapacityType> soldCapacity() {
        return List.of(CapacityType.SPOT, CapacityType.ON_DEMAND);
    }

    @Test
    void everyOfferHasAnIdOfItsOwnMadeOfItsCoordinates() {
        // When
        var offerings = sweep();
        // Then
        assertThat(offerings).isNotEmpty().extracting(Offering::id).doesNotHaveDuplicates();
        assertThat(offerings)
                .allSatisfy(it -> assertThat(it.id())
                        .isEqualTo(Offering.idOf(
                                it.provider(),
                                it.region(),
                                it.zone(),
                                it.instanceType(),
                                gpus(it),
                                it.capacityType())));
        assertThat(offerings)
                .extracting(Offering::provider)
                .containsOnly(account().market().provider());
    }

    @Test
    void everyOfferHasAPriceWithItsSourceAndAge() {
        assertThat(sweep()).allSatisfy(it -> {
            assertThat(it.price().amount()).isPositive();
            assertThat(it.billedPrice()).isGreaterThanOrEqualTo(it.price());
            assertThat(it.source()).isNotBlank();
            assertThat(it.observedAt()).isBeforeOrEqualTo(it.receivedAt().plusSeconds(60));
        });
    }

    @Test
    void gpusGoByTheirCommonNames() {
        // When
        var models = sweep().stream()
                .filter(it -> it.gpu() != null)
                .map(it -> it.gpu().model())
                .distinct()
                .toList();
        // Then
        assertThat(models).containsAll(soldModels());
        assertThat(models)
                .allSatisfy(model -> assertThat(GpuModels.canonical(model)).isEqualTo(model));
    }

    @Test
    void whatTheFarSideSellsIsForSale() {
        assertThat(sweep()).extracting(Offering::capacityType).containsAll(soldCapacity());
    }

    @Test
    void bidRulesComeWithSpotAloneAndNothingIsBilledBelowTheLeastBid() {
        assertThat(sweep()).allSatisfy(it -> {
            var rules = it.bidRules();
            if (rules != null) {
                assertThat(it.capacityType()).isEqualTo(CapacityType.SPOT);
                assertThat(it.billedPrice().amount()).isGreaterThanOrEqualTo(rules.minimum());
            }
        });
    }

    @Test
    void aFailedPageFailsTheSweep() {
        // Given
        farSide().trouble(Call.SWEEP, Trouble.FAILURE, 1);
        // When
        var fault = faultOf(account().market().sweep());
        // Then
        assertIsFault(fault, Refusal.TRANSIENT);
    }

    @Test
    void aWebPageIsNotAnEmptyMarket() {
        // Given
        farSide().trouble(Call.SWEEP, Trouble.WEB_PAGE, 1);
        // When
        var fault = faultOf(account().market().sweep());
        // Then
        assertIsFault(fault, Refusal.TRANSIENT);
    }

    @Test
    void silenceFailsTheSweepWithinTheTimeOut() {
        // Given
        sweep();
        farSide().trouble(Call.SWEEP, Trouble.SILENCE, 1);
        // When
        var fault = faultOf(account().market().sweep());
        // Then
        assertIsFault(fault, Refusal.TRANSIENT);
    }

    @Test
    void throttlingIsNamed() {
        // Given
        farSide().trouble(Call.SWEEP, Trouble.THROTTLED, 1);
        // When
        var fault = faultOf(account().market().sweep());
        // Then
        assertIsFault(fault, Refusal.THROTTLED);
    }

    private List<Offering> sweep() {
        return answer(account().market().sweep()).offerings();
    }

    private static int gpus(Offering offering) {
        return offering.gpu() == null ? 0 : offering.gpu().count();
    }
}
