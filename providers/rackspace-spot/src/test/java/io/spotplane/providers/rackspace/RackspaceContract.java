package io.spotplane.providers.rackspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.spotplane.contracts.vocabulary.Availability;
import io.spotplane.contracts.vocabulary.CapacityType;
import io.spotplane.contracts.vocabulary.Confidence;
import io.spotplane.contracts.vocabulary.HourlyPrice;
import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.contracts.vocabulary.Refusal;
import io.spotplane.providers.contract.AuctionHistoryContract;
import io.spotplane.providers.contract.MarketAccount;
import io.spotplane.providers.contract.MarketDataContract;
import io.spotplane.providers.contract.MarketSide;
import io.spotplane.providers.spi.AuctionHistory;
import io.spotplane.providers.spi.ProviderFault;
import io.spotplane.simulator.behaviour.Behaviour;
import io.spotplane.simulator.behaviour.Provider;
import io.spotplane.simulator.behaviour.Rule;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The SPI's laws, kept by this adapter against Rackspace Spot as the simulator plays it. */
class RackspaceContract {

    private static final String GPU = "rackspace:us-west-sjc-1:-:gpu.vs2.xlargeplusplus-sjc.x1:spot";

    @AutoClose
    private static final SimulatedRackspace FEED = SimulatedRackspace.feedAlone();

    @AutoClose
    private static final SimulatedRackspace ACCOUNT = SimulatedRackspace.withAccount();

    @Nested
    class SellingByTheFeed extends MarketDataContract {

        @Override
        protected MarketAccount openAccount() {
            return FEED.account();
        }

        @Override
        protected MarketSide farSide() {
            return FEED;
        }

        @Override
        protected List<String> soldModels() {
            return List.of("A30");
        }

        @Override
        protected List<CapacityType> soldCapacity() {
            return List.of(CapacityType.SPOT);
        }
    }

    @Nested
    class SellingByTheApi extends MarketDataContract {

        @Override
        protected MarketAccount openAccount() {
            return ACCOUNT.account();
        }

        @Override
        protected MarketSide farSide() {
            return ACCOUNT;
        }

        @Override
        protected List<String> soldModels() {
            return List.of("A30");
        }
    }

    @Nested
    class TellingHowAuctionsWent extends AuctionHistoryContract {

        @Override
        protected MarketAccount openAccount() {
            return FEED.account();
        }

        @Override
        protected MarketSide farSide() {
            return FEED;
        }

        @Override
        protected AuctionHistory auctions() {
            return FEED.auctions();
        }

        @Override
        protected Offering neverSold() {
            return new Offering(
                    "rackspace:nowhere:-:gp.vs9.none:spot",
                    "rackspace",
                    "nowhere",
                    null,
                    "gp.vs9.none",
                    1,
                    1,
                    null,
                    CapacityType.SPOT,
                    HourlyPrice.usd("1"),
                    HourlyPrice.usd("1"),
                    Availability.UNKNOWN,
                    "test",
                    Instant.EPOCH,
                    Instant.EPOCH);
        }
    }

    @Test
    void withAnAccountStockIsCountedAndTheLeastBidIsTheClassesOwn() {
        // When
        var offer = offering(ACCOUNT, GPU);
        // Then
        assertThat(offer.availability()).isNotEqualTo(Availability.UNKNOWN);
        assertThat(offer.availabilityConfidence()).isEqualTo(Confidence.COUNTED);
        assertThat(offer.source()).isEqualTo("serverclasses");
        assertThat(offer.bidRules().minimum()).isEqualByComparingTo("0.16");
        assertThat(offer.billedPrice()).isGreaterThanOrEqualTo(HourlyPrice.usd("0.16"));
        assertThat(offering(ACCOUNT, GPU.replace("spot", "on_demand")).price())
                .isEqualByComparingTo(HourlyPrice.usd("0.80"));
    }

    @Test
    void aBidThatMovesTheMarketIsSeen() {
        // Given
        offering(FEED, GPU);
        // When
        FEED.simulator()
                .setPrice(Provider.RACKSPACE, "gpu.vs2.xlargeplusplus-sjc", "us-west-sjc-1", new BigDecimal("0.27"));
        // Then
        assertThat(offering(FEED, GPU).price()).isEqualTo(HourlyPrice.usd("0.270000"));
    }

    @Test
    void aTokenThatEndedEarlyIsExchangedOnce() {
        // Given
        var market = ACCOUNT.account(Duration.ofSeconds(10)).marketData();
        market.sweep().block();
        ACCOUNT.simulator().expireTokens();
        // When
        var sweep = market.sweep().block();
        // Then
        assertThat(sweep.offerings()).isNotEmpty();
    }

    @Test
    void aRefreshTokenThatIsRejectedIsCalledSo() {
        // Given
        ACCOUNT.simulator()
                .misbehave(Rule.of(Provider.RACKSPACE, "POST login/oauth/token", Behaviour.ERROR)
                        .refusing(403, "invalid_grant", "Unknown or invalid refresh token."));
        // When
        var fault = Assertions.catchThrowableOfType(
                ProviderFault.class,
                () -> ACCOUNT.account(Duration.ofSeconds(10))
                        .marketData()
                        .sweep()
                        .block());
        ACCOUNT.calm();
        // Then
        assertThat(fault.refusal()).isEqualTo(Refusal.AUTH);
        assertThat(fault).hasMessageContaining("REFRESH_TOKEN_REJECTED");
    }

    private static Offering offering(SimulatedRackspace rackspace, String id) {
        return rackspace.account().market().sweep().block().offerings().stream()
                .filter(offer -> offer.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no " + id));
    }
}
