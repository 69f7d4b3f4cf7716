package io.spotplane.provisioning.placement;

import static io.spotplane.provisioning.Samples.NOW;
import static io.spotplane.provisioning.Samples.holding;
import static io.spotplane.provisioning.Samples.id;
import static io.spotplane.provisioning.Samples.offering;
import static io.spotplane.provisioning.Samples.wanted;
import static org.assertj.core.api.Assertions.assertThat;

import io.spotplane.contracts.vocabulary.Availability;
import io.spotplane.contracts.vocabulary.HourlyPrice;
import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.provisioning.budget.BudgetPolicy;
import io.spotplane.provisioning.holding.Decision;
import io.spotplane.provisioning.holding.Holding;
import io.spotplane.provisioning.holding.Wanted;
import io.spotplane.provisioning.instance.Instance;
import io.spotplane.provisioning.offering.CoolDown;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PlacementTest {

    private static final PlacementSettings SETTINGS = new PlacementSettings(
            Duration.ofMinutes(10),
            new BigDecimal("1.5"),
            Duration.ofMinutes(3),
            Duration.ofMinutes(10),
            Duration.ofMinutes(10),
            Duration.ofHours(1),
            Duration.ofMinutes(10),
            Duration.ofMinutes(1),
            Duration.ofHours(24));

    private final AtomicInteger ids = new AtomicInteger(100);
    private final Placement placement = new Placement(
            SETTINGS, new BudgetPolicy(Duration.ofSeconds(30), Duration.ofMinutes(2)), () -> id(ids.incrementAndGet()));

    @Test
    void buysTheCheapest() {
        assertThat(placed(wanted(1, null, null), offering("b", "0.90"), offering("a", "0.80")))
                .containsExactly("a");
    }

    @Test
    void amongEqualPricesTakesTheBetterStockedThenTheSameOneAlways() {
        // Given
        var low = offering("a", "aws", "0.80", Availability.LOW, NOW);
        var high = offering("z", "aws", "0.80", Availability.HIGH, NOW);
        // Then
        assertThat(placed(wanted(1, null, null), low, high)).containsExactly("z");
        assertThat(placed(wanted(1, null, null), offering("c", "0.80"), offering("b", "0.80")))
                .containsExactly("b");
    }

    @Test
    void admitsAnOfferingThatCostsExactlyTheCap() {
        assertThat(placed(wanted(1, "0.9", null), offering("a", "0.900000"))).containsExactly("a");
    }

    @Test
    void neverBuysAboveTheCapAndSaysWhatItSaw() {
        // When
        var decision = decide(wanted(1, "0.50", null), offering("a", "0.90"), offering("b", "0.80"));
        // Then
        var obstacle = decision.holding().request().obstacle();
        assertThat(obstacle.reason()).isEqualTo("PRICE_TOO_LOW");
        assertThat(obstacle.message())
                .contains("2 offerings looked at: 0 fit, 2 above the price cap (cheapest 0.80 USD/h)");
        assertThat(decision.notes()).hasSize(1);
    }

    @Test
    void theCapIsTheBidAndWithoutOneTheBidHasHeadroom() {
        assertThat(bidOf(wanted(1, "2.00", null))).isEqualByComparingTo(HourlyPrice.usd("2.00"));
        assertThat(bidOf(wanted(1, null, null))).isEqualByComparingTo(HourlyPrice.usd("1.20"));
    }

    @Test
    void neverBuysOnAPriceThatIsTooOld() {
        // Given
        var justInTime = offering("a", "aws", "0.80", Availability.HIGH, NOW.minus(Duration.ofMinutes(10)));
        var late = offering("b", "aws", "0.10", Availability.HIGH, NOW.minus(Duration.ofSeconds(601)));
        // Then
        assertThat(placed(wanted(1, null, null), justInTime, late)).containsExactly("a");
        assertThat(decide(wanted(1, null, null), late)
                        .holding()
                        .request()
                        .obstacle()
                        .reason())
                .isEqualTo("PRICE_STALE");
    }

    @Test
    void leavesOutWhatRestsWhatIsSoldOutAndWhatNobodyCanLaunch() {
        // Given
        var resting = offering("resting", "0.10");
        var market = new Market(
                List.of(
                        resting,
                        offering("soldOut", "aws", "0.10", Availability.NONE, NOW),
                        offering("suspended", "runpod", "0.10", Availability.HIGH, NOW),
                        offering("strange", "elsewhere", "0.10", Availability.HIGH, NOW)),
                List.of(
                        CoolDown.of(resting, NOW.plusSeconds(60), "NO_CAPACITY", ""),
                        CoolDown.ofAccount("runpod", NOW.plusSeconds(60), "QUOTA", "limit reached")),
                Set.of("aws", "runpod"));
        // When
        var decision = placement.on(market).on(holding(wanted(1, null, null)), NOW);
        // Then
        assertThat(decision.holding().instances()).isEmpty();
        assertThat(decision.holding().request().obstacle().reason()).isEqualTo("NO_CAPACITY");
        assertThat(decision.holding().request().obstacle().message())
                .contains(
                        "0 fit",
                        "1 sold out",
                        "1 of a suspended account",
                        "1 resting",
                        "1 of providers without an account");
    }

    @Test
    void neverBuysWhereNothingCanBeLaunchedHoweverCheap() {
        // Given
        var priceList = offering("list", "azure", "0.01", Availability.UNKNOWN, NOW);
        // When
        var withAnother = decide(wanted(1, null, null), priceList, offering("dearer", "2.00"));
        var alone = decide(wanted(1, null, null), priceList);
        // Then
        assertThat(withAnother.holding().instances())
                .extracting(instance -> instance.order().offering().id())
                .containsExactly(offering("dearer", "2.00").id());
        assertThat(alone.holding().instances()).isEmpty();
        assertThat(alone.holding().request().obstacle().reason()).isEqualTo("NO_OFFERING");
        assertThat(alone.holding().request().obstacle().message()).contains("1 of providers without an account");
    }

    @Test
    void nothingForSaleIsNoOffering() {
        assertThat(decide(wanted(1, null, null)).holding().request().obstacle().reason())
                .isEqualTo("NO_OFFERING");
    }

    @Test
    void placesAsManyAsTheBudgetCanKeepForAWhile() {
        // Given: two minutes of three machines at 30 USD/h are 3 USD, of four 4 USD
        // When
        var decision = decide(wanted(5, null, "3.00"), offering("a", "30.00"));
        // Then
        assertThat(decision.holding().instances()).hasSize(3);
        assertThat(decision.holding().request().obstacle().reason()).isEqualTo("BUDGET_EXHAUSTED");
    }

    @Test
    void waitingForTheSameReasonIsToldOnce() {
        // Given
        var once = decide(wanted(1, null, null));
        // When
        var twice = placement.on(market()).on(once.holding(), NOW.plusSeconds(5));
        // Then
        assertThat(twice.notes()).isEmpty();
        assertThat(twice.holding()).isEqualTo(once.holding());
    }

    private List<String> placed(Wanted wanted, Offering... offerings) {
        return decide(wanted, offerings).holding().instances().stream()
                .map(instance -> instance.order().offering().id())
                .toList();
    }

    private HourlyPrice bidOf(Wanted wanted) {
        Instance instance =
                decide(wanted, offering("a", "0.80")).holding().instances().getFirst();
        return instance.order().bid();
    }

    private Decision decide(Wanted wanted, Offering... offerings) {
        Holding holding = holding(wanted);
        return placement.on(market(offerings)).on(holding, NOW);
    }

    private static Market market(Offering... offerings) {
        return new Market(List.of(offerings), List.of(), Set.of("aws", "runpod"));
    }
}
