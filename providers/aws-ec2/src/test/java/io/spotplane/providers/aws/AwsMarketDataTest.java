package io.spotplane.providers.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.spotplane.contracts.vocabulary.HourlyPrice;
import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.providers.spi.MarketSweep;
import io.spotplane.providers.spi.MarketSweep.RejectedRow;
import io.spotplane.providers.spi.ProviderFault;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What only EC2's price list does: rows of no use, more than one row for a pool, types that nobody can boot. */
class AwsMarketDataTest {

    private static final String PRICES = "DescribeSpotPriceHistory";
    private static final String PRICE_SET = "spotPriceHistorySet";

    private final ScriptedEc2 ec2 = new ScriptedEc2()
            .on("DescribeInstanceTypes", "instanceTypeSet", type("g6.xlarge", "x86_64") + type("m7g.large", "arm64"));

    @AfterEach
    void stop() {
        ec2.close();
    }

    @Test
    void theNewestPriceOfAPoolCountsAndUselessRowsAreNamed() {
        // Given
        ec2.on(
                PRICES,
                PRICE_SET,
                price("g6.xlarge", "0.300000", "2026-11-21T08:00:00.000Z")
                        + price("g6.xlarge", "0.354200", "2026-11-21T09:00:00.000Z")
                        + price("g6.xlarge", "0.310000", "2026-11-21T07:00:00.000Z")
                        + price("zz9.plural", "0.1", "2026-11-21T07:00:00.000Z")
                        + price("m7g.large", "0.02", "2026-11-21T07:00:00.000Z"));
        // When
        var sweep = sweep();
        // Then
        assertThat(sweep.offerings()).singleElement().satisfies(offer -> {
            assertThat(offer.id()).isEqualTo("aws:eu-west-1:eu-west-1a:g6.xlarge.x1:spot");
            assertThat(offer.price()).isEqualTo(HourlyPrice.usd("0.354200"));
            assertThat(offer.observedAt()).isEqualTo(Instant.parse("2026-11-21T09:00:00Z"));
        });
        assertThat(sweep.rejected())
                .containsExactly(new RejectedRow("zz9.plural in eu-west-1a at 0.1", "UNKNOWN_TYPE"));
    }

    @Test
    void readsEveryPage() {
        // Given
        ec2.onPage(PRICES, PRICE_SET, price("g6.xlarge", "0.30", "2026-11-21T08:00:00.000Z"), "page-2")
                .on(PRICES, PRICE_SET, price("g6.xlarge", "0.31", "2026-11-21T09:00:00.000Z"));
        // When
        var sweep = sweep();
        // Then
        assertThat(sweep.offerings()).extracting(Offering::price).containsExactly(HourlyPrice.usd("0.31"));
        assertThat(ec2.forms(PRICES)).extracting(form -> form.get("NextToken")).containsExactly(null, "page-2");
    }

    @Test
    void aFailedSecondPageFailsTheSweep() {
        // Given
        ec2.onPage(PRICES, PRICE_SET, price("g6.xlarge", "0.30", "2026-11-21T08:00:00.000Z"), "page-2")
                .onError(PRICES, 503, "Unavailable");
        // When
        var fault = Assertions.catchThrowable(this::sweep);
        // Then
        assertThat(fault).isInstanceOf(ProviderFault.class).hasMessageContaining("Unavailable");
    }

    @Test
    void aPriceThatIsNoneIsRejected() {
        // Given
        ec2.on(PRICES, PRICE_SET, price("g6.xlarge", "-0.3", "2026-11-21T08:00:00.000Z"));
        // When
        var sweep = sweep();
        // Then
        assertThat(sweep.offerings()).isEmpty();
        assertThat(sweep.rejected()).extracting(RejectedRow::why).containsExactly("NO_PRICE");
    }

    @Test
    void aWellFormedPageWithoutARequestIdIsNotEc2s() {
        // Given
        ec2.onBody(PRICES, 200, "<html><body>Captive portal</body></html>");
        // When
        var fault = Assertions.catchThrowable(this::sweep);
        // Then
        assertThat(fault).isInstanceOf(ProviderFault.class).hasMessageContaining("UNREADABLE");
    }

    @Test
    void doesNotGuessOnDemandPricesForARegionThatItsListDoesNotCover() {
        // Given
        ec2.on(PRICES, PRICE_SET, "");
        // When
        var sweep = sweep();
        // Then
        assertThat(sweep.offerings()).isEmpty();
    }

    private MarketSweep sweep() {
        return new AwsMarketData(
                        ec2.regions(),
                        new AwsInstanceTypes(ec2.settings()),
                        OnDemandPrices.carried(),
                        ec2.settings(),
                        InstantSource.system())
                .sweep()
                .block(Duration.ofSeconds(40));
    }

    private static String price(String type, String price, String at) {
        return """
                <item><instanceType>%s</instanceType><productDescription>Linux/UNIX</productDescription><spotPrice>%s</spotPrice>\
                <timestamp>%s</timestamp><availabilityZone>eu-west-1a</availabilityZone></item>
                """.formatted(type, price, at);
    }

    private static String type(String name, String architecture) {
        return """
                <item><instanceType>%s</instanceType><processorInfo><supportedArchitectures><item>%s</item></supportedArchitectures></processorInfo>\
                <vCpuInfo><defaultVCpus>4</defaultVCpus></vCpuInfo><memoryInfo><sizeInMiB>16384</sizeInMiB></memoryInfo>\
                <gpuInfo><gpus><item><name>L4</name><count>1</count><memoryInfo><sizeInMiB>22888</sizeInMiB></memoryInfo></item></gpus></gpuInfo></item>
                """.formatted(name, architecture);
    }
}
