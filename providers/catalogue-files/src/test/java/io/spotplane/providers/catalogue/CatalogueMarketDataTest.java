package io.spotplane.providers.catalogue;

import static io.spotplane.providers.catalogue.Catalogues.HEADER;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.spotplane.contracts.vocabulary.HourlyPrice;
import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.contracts.vocabulary.Refusal;
import io.spotplane.providers.spi.MarketSweep;
import io.spotplane.providers.spi.ProviderFault;
import io.spotplane.providers.support.CallGuards;
import io.spotplane.providers.support.ProviderHttp;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.web.reactive.function.client.WebClient;

class CatalogueMarketDataTest {

    private static final String ONE = HEADER + "\nm1.large,,,2,8,,0.10,0.03,eu-1,eu-1a\n";
    private static final String DEARER = HEADER + "\nm1.large,,,2,8,,0.12,0.03,eu-1,eu-1a\n";
    private static final String OTHER = "Region,InstanceType,Price\nus-1,m2,0.5\n";

    @TempDir
    Path folder;

    private HttpServer server;
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private volatile int status = 200;
    private volatile byte[] body = ONE.getBytes();
    private volatile String etag = "\"1\"";

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var known = exchange.getRequestHeaders().getFirst("If-None-Match");
            asked.add(String.valueOf(known));
            exchange.getResponseHeaders().set("ETag", etag);
            exchange.getResponseHeaders().set("Last-Modified", "Thu, 02 Apr 2026 10:00:00 GMT");
            var sent = etag.equals(known) ? 304 : status;
            exchange.sendResponseHeaders(sent, sent == 304 ? -1 : body.length);
            if (sent != 304) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    @Test
    void aFolderIsOneMarketOfAllItsCatalogues() throws IOException {
        // Given
        Files.writeString(folder.resolve("a.csv"), ONE);
        Files.write(folder.resolve("b.csv.gz"), Catalogues.gzipped(OTHER));
        Files.writeString(folder.resolve("notes.txt"), "no catalogue");
        // When
        var sweep = sweep(market(folder.toString()));
        // Then
        assertThat(sweep.offerings()).extracting(Offering::instanceType).containsExactly("m1.large", "m1.large", "m2");
        assertThat(sweep.offerings()).extracting(Offering::source).contains("catalogue a.csv", "catalogue b.csv.gz");
    }

    @Test
    void aFileThatDidNotChangeIsNotReadAgain() throws IOException {
        // Given
        var file = Files.writeString(folder.resolve("vms.csv"), ONE);
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-04-02T10:00:00Z")));
        var market = market(file.toString());
        var first = sweep(market);
        // When
        var again = sweep(market);
        // Then
        assertThat(again.offerings().getFirst()).isSameAs(first.offerings().getFirst());
        assertThat(first.offerings().getFirst().observedAt()).isEqualTo(Instant.parse("2026-04-02T10:00:00Z"));
        // When
        Files.writeString(file, DEARER);
        // Then
        assertThat(sweep(market).offerings().getFirst().price()).isEqualTo(HourlyPrice.usd("0.12"));
    }

    @Test
    void aFileThatIsGoneIsAFaultAndNotAnEmptyMarket() throws IOException {
        assertThat(fault(market(folder.resolve("vms.csv").toString())))
                .hasMessageContaining("NO_FILE")
                .extracting(ProviderFault::refusal)
                .isEqualTo(Refusal.INVALID);
        assertThat(fault(market(folder.toString()))).hasMessageContaining("holds no *.csv");
    }

    @Test
    void aDamagedArchiveIsAFault() throws IOException {
        // Given
        var gzip = Catalogues.gzipped(ONE.repeat(200));
        Files.write(folder.resolve("vms.csv.gz"), java.util.Arrays.copyOf(gzip, gzip.length / 2));
        // When / Then
        assertThat(fault(market(folder.toString()))).hasMessageContaining("UNREADABLE");
    }

    @Test
    void anAddressIsAskedWithWhatItSaidLast() {
        // Given
        var market = market(address());
        var first = sweep(market);
        // When
        var again = sweep(market);
        // Then
        assertThat(asked).containsExactly("null", "\"1\"");
        assertThat(again.offerings().getFirst()).isSameAs(first.offerings().getFirst());
        assertThat(first.offerings().getFirst().observedAt()).isEqualTo(Instant.parse("2026-04-02T10:00:00Z"));
        // When
        body = Catalogues.gzipped(DEARER);
        etag = "\"2\"";
        // Then
        assertThat(sweep(market).offerings().getFirst().price()).isEqualTo(HourlyPrice.usd("0.12"));
    }

    @Test
    void whatCouldNotBeReadIsAskedForAgain() {
        // Given
        var market = market(address());
        body = "<html>maintenance</html>".getBytes();
        assertThat(fault(market)).hasMessageContaining("WEB_PAGE");
        // When
        body = ONE.getBytes();
        // Then
        assertThat(sweep(market).offerings()).hasSize(2);
        assertThat(asked).containsExactly("null", "null");
    }

    @Test
    void aMessageKeepsTheSignatureOfAnAddress() {
        // Given
        status = 403;
        body = "no access with sig=s3cr3t".getBytes();
        // When
        var fault = fault(market(address() + "?sig=s3cr3t"));
        // Then
        assertThat(fault.refusal()).isEqualTo(Refusal.AUTH);
        assertThat(fault).hasMessageContaining("no access with ***");
    }

    @Test
    void anAnswerThatIsTooLargeIsAFault() {
        // Given
        body = new byte[17 * 1024 * 1024];
        // When / Then
        assertThat(fault(market(address()))).hasMessageContaining("larger than 16 MiB");
    }

    private String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/azure/vms.csv";
    }

    private static CatalogueMarketData market(String location) {
        return CatalogueMarketData.of(
                Catalogues.settings("test", location),
                new ProviderHttp(WebClient.builder()),
                CallGuards.unmeasured(),
                InstantSource.system());
    }

    private static MarketSweep sweep(CatalogueMarketData market) {
        return market.sweep().block(Duration.ofSeconds(20));
    }

    private static ProviderFault fault(CatalogueMarketData market) {
        return Assertions.catchThrowableOfType(ProviderFault.class, () -> sweep(market));
    }
}
