package io.spotplane.providers.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.spotplane.contracts.vocabulary.HourlyPrice;
import io.spotplane.providers.spi.MarketSweep;
import io.spotplane.providers.spi.MarketSweep.RejectedRow;
import io.spotplane.providers.spi.ProviderFault;
import io.spotplane.providers.support.CallGuards;
import io.spotplane.providers.support.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What only EC2's price list does: rows of no use, more than one row for a pool, types that nobody can boot. */
class AwsMarketDataTest {

    private static final String TYPES = answer(
            "DescribeInstanceTypes", "instanceTypeSet", type("g6.xlarge", "x86_64") + type("m7g.large", "arm64"));

    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private HttpServer ec2;
    private AwsRegions regions;

    @BeforeEach
    void start() throws IOException {
        ec2 = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ec2.createContext("/", this::answer);
        ec2.start();
        answers.put("DescribeInstanceTypes", TYPES);
        regions = new AwsRegions(settings(), CallGuards.unmeasured(), InstantSource.system());
    }

    @AfterEach
    void stop() {
        regions.close();
        ec2.stop(0);
    }

    @Test
    void theNewestPriceOfAPoolCountsAndUselessRowsAreNamed() {
        // Given
        answers.put(
                "DescribeSpotPriceHistory",
                prices(price("g6.xlarge", "0.300000", "2026-11-21T08:00:00.000Z")
                        + price("g6.xlarge", "0.354200", "2026-11-21T09:00:00.000Z")
                        + price("g6.xlarge", "0.310000", "2026-11-21T07:00:00.000Z")
                        + price("zz9.plural", "0.1", "2026-11-21T07:00:00.000Z")
                        + price("m7g.large", "0.02", "2026-11-21T07:00:00.000Z")));
        // When
        var sweep = sweep();
        // Then
        assertThat(sweep.offerings()).singleElement().satisfies(offer -> {
            assertThat(offer.id()).isEqualTo("aws:eu-west-1:eu-west-1a:g6.xlarge.x1:spot");
            assertThat(offer.price()).isEqualTo(HourlyPrice.usd("0.354200"));
            assertThat(offer.observedAt()).isEqualTo(Instant.parse("2026-11-21T09:00:00Z"));
        });
        assertThat(sweep.rejected()).containsExactly(new RejectedRow("zz9.plural in eu-west-1a", "UNKNOWN_TYPE"));
    }

    @Test
    void aPriceThatIsNoneIsRejected() {
        // Given
        answers.put("DescribeSpotPriceHistory", prices(price("g6.xlarge", "-0.3", "2026-11-21T08:00:00.000Z")));
        // When
        var sweep = sweep();
        // Then
        assertThat(sweep.offerings()).isEmpty();
        assertThat(sweep.rejected()).extracting(RejectedRow::why).containsExactly("NO_PRICE");
    }

    @Test
    void aWellFormedPageWithoutARequestIdIsNotEc2s() {
        // Given
        answers.put("DescribeSpotPriceHistory", "<html><body>Captive portal</body></html>");
        // When
        var fault = Assertions.catchThrowable(this::sweep);
        // Then
        assertThat(fault).isInstanceOf(ProviderFault.class).hasMessageContaining("UNREADABLE");
    }

    @Test
    void doesNotGuessOnDemandPricesForARegionThatItsListDoesNotCover() {
        // Given
        answers.put("DescribeSpotPriceHistory", prices(""));
        // When
        var sweep = sweep();
        // Then
        assertThat(sweep.offerings()).isEmpty();
    }

    private MarketSweep sweep() {
        return new AwsMarketData(
                        regions,
                        new AwsInstanceTypes(settings()),
                        OnDemandPrices.carried(),
                        settings(),
                        InstantSource.system())
                .sweep()
                .block(Duration.ofSeconds(40));
    }

    private AwsSettings settings() {
        return new AwsSettings(
                List.of("eu-west-1"),
                URI.create("http://127.0.0.1:" + ec2.getAddress().getPort()),
                "AKIA",
                Secret.of("s3cr3t"),
                null,
                "ami-1",
                Duration.ofSeconds(15),
                1000,
                2,
                Duration.ofHours(1),
                Duration.ofSeconds(1));
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var action = form.replaceAll("(?s).*Action=([A-Za-z]+).*", "$1");
            var body = answers.getOrDefault(action, "").getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "text/xml");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static String answer(String action, String list, String items) {
        return """
                <%1$sResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>r-1</requestId><%2$s>%3$s</%2$s></%1$sResponse>
                """.formatted(action, list, items);
    }

    private static String prices(String items) {
        return answer("DescribeSpotPriceHistory", "spotPriceHistorySet", items);
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
