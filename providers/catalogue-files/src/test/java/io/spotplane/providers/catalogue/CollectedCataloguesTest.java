package io.spotplane.providers.catalogue;

import static io.spotplane.providers.catalogue.Catalogues.byId;
import static io.spotplane.providers.catalogue.Catalogues.flaws;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.spotplane.contracts.vocabulary.CapacityType;
import io.spotplane.contracts.vocabulary.Gpu;
import io.spotplane.contracts.vocabulary.GpuModels;
import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.providers.spi.MarketSweep;
import io.spotplane.providers.support.CallGuards;
import io.spotplane.providers.support.ProviderHttp;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.web.reactive.function.client.WebClient;

/** Real price lists through the real market, file to offerings. Skipped where this machine does not have them. */
class CollectedCataloguesTest {

    @Test
    void azure() {
        // When
        var content = sweep("azure", "azure/catalog-2026-04-02.csv.gz");
        // Then
        assertThat(content.offerings().size()).isBetween(117_000, 117_500);
        assertThat(flaws(content)).containsOnlyKeys("PARTIAL_GPU", "UNCOUNTED_ACCELERATOR");
        assertThat(byId(content, "azure:eastus:-:Standard_ND96isr_H100_v5.x8:on_demand")
                        .gpu())
                .isEqualTo(new Gpu("H100-SXM", 8, 80));
    }

    @Test
    void google() {
        // When
        var content = sweep("gcp", "gcp/catalog-2026-04-02.csv.gz");
        // Then
        var a2 = byId(content, "gcp:us-central1:us-central1-a:a2-highgpu-1g.x1:on_demand");
        assertThat(a2.price().amount()).isEqualByComparingTo("3.67339");
        assertThat(a2.gpu()).isEqualTo(new Gpu("A100-40GB", 1, 40));
        assertThat(content.offerings())
                .filteredOn(offer -> GpuModels.ofMachine(offer.instanceType()).isPresent())
                .allSatisfy(offer -> assertThat(offer.gpu()).isNotNull());
    }

    @Test
    void vast() {
        // When
        var content = sweep("vast", "vast/catalog-2026-04-29.csv");
        // Then
        assertThat(content.offerings()).hasSize(64).allMatch(offer -> offer.capacityType() == CapacityType.ON_DEMAND);
        assertThat(content.offerings())
                .extracting(Offering::region)
                .contains("na-ca", "na-ca-ontario", "eu-dk-denmark");
        assertThat(content.rejected()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "lambda, lambda/catalog-2026-04-20.csv, 289",
        "hyperstack, hyperstack/catalog-v8.csv, 25",
        "shadeform, shadeform/catalog-2025-10-12.csv, 244",
        "runpod-list, runpod/catalog-v5.csv, 280"
    })
    void theSmallerOnes(String cloud, String file, int offers) {
        // When
        var content = sweep(cloud, file);
        // Then
        assertThat(content.offerings()).hasSize(offers);
    }

    private static CatalogueContent sweep(String cloud, String file) {
        var path = Catalogues.collected(file);
        assumeTrue(path.isPresent(), () -> "no " + file);
        var market = CatalogueMarketData.of(
                Catalogues.settings(cloud, path.orElseThrow().toString()),
                new ProviderHttp(WebClient.builder()),
                CallGuards.unmeasured(),
                InstantSource.system());
        var started = System.nanoTime();
        var sweep = market.sweep().block(Duration.ofSeconds(30));
        var first = Duration.ofNanos(System.nanoTime() - started);
        started = System.nanoTime();
        var again = market.sweep().block(Duration.ofSeconds(30));
        var second = Duration.ofNanos(System.nanoTime() - started);
        assertThat(again.offerings()).isEqualTo(sweep.offerings());
        return told(cloud, sweep, first, second);
    }

    private static CatalogueContent told(String cloud, MarketSweep sweep, Duration first, Duration second) {
        var content = new CatalogueContent(sweep.offerings(), sweep.rejected());
        assertThat(content.offerings())
                .extracting(Offering::id)
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("[A-Za-z0-9._:-]{1,256}"));
        System.out.printf(
                "%s: %,d offers in %d ms, again in %d ms; rejected %s%n  %s%n",
                cloud,
                content.offerings().size(),
                first.toMillis(),
                second.toMillis(),
                flaws(content),
                cheapestByModel(content));
        return content;
    }

    private static Map<String, String> cheapestByModel(CatalogueContent content) {
        return content.offerings().stream()
                .filter(offer -> offer.gpu() != null && !offer.gpu().model().startsWith("TPU"))
                .collect(Collectors.groupingBy(
                        offer -> offer.gpu().model() + "/" + offer.gpu().memoryGiB(),
                        TreeMap::new,
                        Collectors.collectingAndThen(
                                Collectors.toList(),
                                offers -> offers.size() + " from "
                                        + offers.stream()
                                                .map(offer -> offer.price()
                                                        .dividedBy(offer.gpu().count()))
                                                .sorted()
                                                .findFirst()
                                                .orElseThrow())));
    }
}
