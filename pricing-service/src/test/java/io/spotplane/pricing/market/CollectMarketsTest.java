package io.spotplane.pricing.market;

import static io.spotplane.pricing.testing.OfferingBuilder.offering;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.spotplane.pricing.book.Forcing;
import io.spotplane.pricing.offering.Storefront;
import io.spotplane.pricing.testing.FakeMarket;
import io.spotplane.pricing.testing.RememberedBook;
import io.spotplane.pricing.testing.RememberedShelves;
import io.spotplane.pricing.testing.RememberedWatch;
import io.spotplane.pricing.testing.Storefronts;
import io.spotplane.providers.spi.MarketData;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

class CollectMarketsTest {

    private static final Duration EVERY = Duration.ofSeconds(30);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final RememberedBook book = new RememberedBook();
    private final Storefront storefront = Storefronts.attached(meters);
    private final FakeMarket aws =
            new FakeMarket("aws").sells(offering("aws", "g6").at("0.30"));

    @Test
    void runsARoundWhenTheLeaseIsOurs() {
        // When
        var pause = collecting(aws).step(aws).block();
        // Then
        assertThat(aws.sweeps()).isEqualTo(1);
        assertThat(pause).isZero();
    }

    @Test
    void leavesAMarketAloneThatAnotherReplicaIsAt() {
        // Given
        book.lease("aws");
        // When
        var pause = collecting(aws).step(aws).block();
        // Then
        assertThat(aws.sweeps()).isZero();
        assertThat(pause).isEqualTo(EVERY);
    }

    @Test
    void waitsAndTriesAgainWhileTheDatabaseIsAway() {
        // Given
        book.breaks(new IllegalStateException("database is away"));
        // When
        var pause = collecting(aws).step(aws).block();
        // Then
        assertThat(aws.sweeps()).isZero();
        assertThat(pause).isPositive();
    }

    @Test
    void namesEveryMarketAsASourceFromTheStart() {
        // Given
        book.breaks(new IllegalStateException("database is away"));
        var collecting = collecting(aws, new FakeMarket("runpod"));
        // When
        collecting.start();
        collecting.stop();
        // Then
        assertThat(storefront.reports()).extracting(report -> report.provider()).containsExactly("aws", "runpod");
        assertThat(storefront.hasPrices()).isFalse();
    }

    @Test
    void collectsAMarketAtOnceThatSomebodyForces() {
        // Given
        book.lease("aws");
        var collecting = collecting(aws);
        collecting.start();
        book.giveBackAll("me").block();
        // When
        var forcing = collecting.refresh("aws").block();
        // Then
        await().until(() -> aws.sweeps() >= 1);
        assertThat(forcing).isEqualTo(new Forcing.Due());
        collecting.stop();
    }

    @Test
    void joinsTheRoundThatRuns() {
        // Given
        book.lease("aws");
        // When
        var forcing = collecting(aws).refresh("aws").block();
        // Then
        assertThat(forcing).isInstanceOf(Forcing.Running.class);
        assertThat(aws.sweeps()).isZero();
    }

    @Test
    void leavesAMarketAloneThatWasCollectedAMomentAgo() {
        // Given
        var collecting = collecting(aws);
        book.forcing = new Forcing.TooSoon(Duration.ofSeconds(7));
        // When
        var forcing = collecting.refresh("aws").block();
        // Then
        assertThat(forcing).isEqualTo(book.forcing);
        assertThat(aws.sweeps()).isZero();
    }

    @Test
    void knowsNoMarketThatNobodyCollects() {
        assertThat(collecting(aws).refresh("nowhere").blockOptional()).isEmpty();
    }

    @Test
    void refusesTwoMarketsOfOneName() {
        assertThatThrownBy(() -> collecting(aws, new FakeMarket("aws")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("two markets call themselves 'aws', expected one adapter for each provider name");
    }

    private CollectMarkets collecting(MarketData... markets) {
        var settings = new PricingSettings(Map.of(), "USD", new BigDecimal("10000"), Duration.ofMinutes(10), 10);
        var sweep = new SweepMarket(
                book,
                book,
                new RememberedShelves(),
                storefront,
                new RememberedWatch(),
                settings,
                meters,
                Clock.systemUTC());
        var beans = new StaticListableBeanFactory();
        for (int at = 0; at < markets.length; at++) {
            beans.addBean("market" + at, markets[at]);
        }
        return new CollectMarkets(beans.getBeanProvider(MarketData.class), book, sweep, storefront, settings);
    }
}
