package io.spotplane.providers.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.spotplane.contracts.vocabulary.CapacityType;
import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.contracts.vocabulary.Refusal;
import io.spotplane.providers.contract.MarketSide.Call;
import io.spotplane.providers.contract.MarketSide.Trouble;
import io.spotplane.providers.spi.AuctionHistory;
import io.spotplane.providers.spi.HammerPrice;
import io.spotplane.providers.spi.PricePercentiles;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The laws of {@link AuctionHistory}. The calls that are troubled as sweeps are those for percentiles. */
public abstract class AuctionHistoryContract extends ProviderContract {

    /** The capability of the account under test. */
    protected abstract AuctionHistory auctions();

    /** An offering of this provider's form that it never sold. */
    protected abstract Offering neverSold();

    @Test
    void hammerPricesAscendInTimeAndEndWithTheMarketPrice() {
        // Given
        var offering = spot().getFirst();
        // When
        var prices = answer(auctions().prices(offering));
        // Then
        assertThat(prices.offeringId()).isEqualTo(offering.id());
        assertThat(prices.prices()).isNotEmpty();
        assertThat(prices.prices()).extracting(HammerPrice::at).isSorted().doesNotHaveDuplicates();
        assertThat(prices.prices().getLast().amount())
                .isEqualByComparingTo(offering.price().amount());
    }

    @Test
    void percentilesAreOfOffersThatAreForSaleEachOnce() {
        // When
        var percentiles = answer(auctions().percentiles());
        // Then
        assertThat(percentiles)
                .isNotEmpty()
                .extracting(PricePercentiles::offeringId)
                .doesNotHaveDuplicates();
        assertThat(spot())
                .extracting(Offering::id)
                .containsAll(
                        percentiles.stream().map(PricePercentiles::offeringId).toList());
    }

    @Test
    void whatWasNeverSoldHasNoHistory() {
        assertIsFault(faultOf(auctions().prices(neverSold())), Refusal.GONE);
    }

    @Test
    void whatIsNotAuctionedHasNoHistory() {
        // Given
        var spot = spot().getFirst();
        var onDemand = new Offering(
                spot.id().replace(":spot", ":on_demand"),
                spot.provider(),
                spot.region(),
                spot.zone(),
                spot.instanceType(),
                spot.vcpu(),
                spot.memoryMiB(),
                spot.gpu(),
                CapacityType.ON_DEMAND,
                spot.price(),
                spot.billedPrice(),
                spot.availability(),
                spot.source(),
                spot.observedAt(),
                spot.receivedAt());
        // When / Then
        assertIsFault(faultOf(auctions().prices(onDemand)), Refusal.GONE);
    }

    @Test
    void aWebPageIsNotAnEmptyDistribution() {
        // Given
        farSide().trouble(Call.SWEEP, Trouble.WEB_PAGE, 1);
        // When / Then
        assertIsFault(faultOf(auctions().percentiles()), Refusal.TRANSIENT);
    }

    @Test
    void silenceFailsWithinTheTimeOut() {
        // Given
        farSide().trouble(Call.SWEEP, Trouble.SILENCE, 1);
        // When / Then
        assertIsFault(faultOf(auctions().percentiles()), Refusal.TRANSIENT);
    }

    private List<Offering> spot() {
        return answer(account().market().sweep()).offerings().stream()
                .filter(offering -> offering.capacityType() == CapacityType.SPOT)
                .toList();
    }
}
