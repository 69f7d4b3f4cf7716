package io.spotplane.providers.catalogue;

import static io.spotplane.providers.catalogue.Catalogues.HEADER;
import static io.spotplane.providers.catalogue.Catalogues.LISTED;
import static io.spotplane.providers.catalogue.Catalogues.NOW;
import static io.spotplane.providers.catalogue.Catalogues.byId;
import static io.spotplane.providers.catalogue.Catalogues.flaws;
import static io.spotplane.providers.catalogue.Catalogues.only;
import static io.spotplane.providers.catalogue.Catalogues.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spotplane.contracts.vocabulary.Availability;
import io.spotplane.contracts.vocabulary.CapacityType;
import io.spotplane.contracts.vocabulary.Confidence;
import io.spotplane.contracts.vocabulary.Gpu;
import io.spotplane.contracts.vocabulary.HourlyPrice;
import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.contracts.vocabulary.Refusal;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogueReaderTest {

    private static final String PLAIN = "m1.large,,,2,8,,0.10,0.03,eu-1,eu-1a";

    @Test
    void oneRowIsAnOfferOnDemandAndOneOnSpot() {
        // When
        var content = read(PLAIN);
        // Then
        var spot = only(content, CapacityType.SPOT);
        assertThat(spot.id()).isEqualTo("test:eu-1:eu-1a:m1.large:spot");
        assertThat(spot.price()).isEqualTo(HourlyPrice.usd("0.03"));
        assertThat(spot.billedPrice()).isEqualTo(spot.price());
        assertThat(spot.vcpu()).isEqualTo(2);
        assertThat(spot.memoryMiB()).isEqualTo(8192);
        assertThat(spot.gpu()).isNull();
        assertThat(spot.availability()).isEqualTo(Availability.UNKNOWN);
        assertThat(spot.availabilityConfidence()).isEqualTo(Confidence.LISTED);
        assertThat(spot.source()).isEqualTo("catalogue vms.csv");
        assertThat(spot.observedAt()).isEqualTo(LISTED);
        assertThat(spot.receivedAt()).isEqualTo(NOW);
        assertThat(only(content, CapacityType.ON_DEMAND).price()).isEqualTo(HourlyPrice.usd("0.10"));
        assertThat(content.rejected()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "0.00"})
    void whatHasNoSpotPriceIsNotSoldAsSpot(String spotPrice) {
        // When
        var content = read("m1.large,,,2,8,,0.10," + spotPrice + ",eu-1,");
        // Then
        assertThat(content.offerings()).extracting(Offering::capacityType).containsExactly(CapacityType.ON_DEMAND);
        assertThat(content.rejected()).isEmpty();
    }

    @Test
    void columnsGoByNameAndMayBeMissing() {
        // When
        var content = Catalogues.readText(
                "test", "\uFEFFRegion,Generation,Price,InstanceType\r\neu-1,V2,0.1,m1.large\r\n\r\n");
        // Then
        var offer = only(content, CapacityType.ON_DEMAND);
        assertThat(offer.instanceType()).isEqualTo("m1.large");
        assertThat(offer.vcpu()).isZero();
        assertThat(offer.memoryMiB()).isZero();
    }

    @Test
    void aListOfGenerationsWithoutQuotesBreaksNoRow() {
        // When
        var content = Catalogues.readText(
                "test", "InstanceType,Price,Region,Generation\nm1,0.1,eu-1,V1,V2\nm2,0,1,eu-1,V1\n");
        // Then
        assertThat(only(content, CapacityType.ON_DEMAND).instanceType()).isEqualTo("m1");
        assertThat(flaws(content)).isEqualTo(Map.of("BROKEN_ROW", 1L));
    }

    @Test
    void gzipIsKnownByItsContent() {
        // When
        var content = Catalogues.readBytes("test", Catalogues.gzipped(HEADER + "\n" + PLAIN + "\n"));
        // Then
        assertThat(content.offerings()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "m1,,,2,8,,abc,0.03,eu-1,            | NOT_A_NUMBER",
                "m1,,,2,8,,NaN,0.03,eu-1,            | NOT_A_NUMBER",
                "m1,,,2,8,,1e999999999,0.03,eu-1,    | NOT_A_NUMBER",
                "m1,,,2,8,,-1,0.03,eu-1,             | NEGATIVE_PRICE",
                "m1,,,2,8,,1000000000000,0.03,eu-1,  | PRICE_TOO_HIGH",
                "m1,,,2,8,,1e12,0.03,eu-1,           | PRICE_TOO_HIGH",
                "m1,,,2,8,,0,,eu-1,                  | NO_PRICE",
                "m1,,,2,8,,0.0000001,,eu-1,          | NO_PRICE",
                ",,,2,8,,0.1,0.03,eu-1,              | EMPTY_TYPE",
                "m1,,,2,8,,0.1,0.03,,                | EMPTY_REGION",
                "m1,,,two,8,,0.1,0.03,eu-1,          | BAD_SIZE",
                "m1,,,2,-8,,0.1,0.03,eu-1,           | BAD_SIZE",
                "m1,,,2,9999999999,,0.1,0.03,eu-1,   | BAD_SIZE",
                "m1,A10,many,2,8,,0.1,0.03,eu-1,     | BAD_SIZE",
                "m1,A10,0.333,2,8,,0.1,0.03,eu-1,    | PARTIAL_GPU",
                "m1,A10,,2,8,,0.1,0.03,eu-1,         | UNCOUNTED_ACCELERATOR",
                "Standard_ND96is_MI300X_v5,,,96,8,,0.1,,eu-1, | UNCOUNTED_ACCELERATOR",
                "m1,,2,2,8,,0.1,0.03,eu-1,           | UNNAMED_ACCELERATOR",
                "m1,,,2,8,,0.1,0.03                  | BROKEN_ROW",
                "m1,,,2,8,,0.1,0.03,eu-1,,more       | BROKEN_ROW",
                "m1,A10,1,2,8,\"{'Gpus': ,0.1,0.03,eu-1, | BROKEN_ROW"
            })
    void aBadRowIsCountedByItsReasonAndLosesNoOther(String bad, String flaw) {
        // When
        var content = read("first,,,2,8,,0.1,,eu-1,", bad, "last,,,2,8,,0.1,,eu-1,");
        // Then
        assertThat(flaws(content)).isEqualTo(Map.of(flaw, 1L));
        assertThat(content.offerings()).extracting(Offering::instanceType).contains("first", "last");
    }

    @Test
    void aBadPriceLosesItsOwnOfferAlone() {
        // When
        var content = read("m1,,,2,8,,nonsense,0.03,eu-1,");
        // Then
        assertThat(content.offerings()).extracting(Offering::capacityType).containsExactly(CapacityType.SPOT);
    }

    @Test
    void ofTwoPricesForOneOfferTheDearerIsKeptAndTheRowCounted() {
        // When
        var content = read(
                "m1,,,2,8,,0.10,,eu-1,", "m1,,,2,8,,0.30,,eu-1,", "m1,,,2,8,,0.20,,eu-1,", "m1,,,2,8,,0.300,,eu-1,");
        // Then
        assertThat(only(content, CapacityType.ON_DEMAND).price()).isEqualTo(HourlyPrice.usd("0.30"));
        assertThat(flaws(content)).isEqualTo(Map.of("CONTRADICTING_PRICE", 2L, "DUPLICATE_ROW", 1L));
    }

    @Test
    void halfACpuDoesNotSatisfyAWishForOne() {
        // When
        var content = read("micro,,,0.25,0.5,,0.01,,eu-1,", "odd,,,2.5,14.400390625,,0.1,,eu-1,");
        // Then
        assertThat(byId(content, "test:eu-1:-:micro:on_demand").vcpu()).isZero();
        assertThat(byId(content, "test:eu-1:-:odd:on_demand").vcpu()).isEqualTo(2);
        assertThat(byId(content, "test:eu-1:-:odd:on_demand").memoryMiB()).isEqualTo(14_746);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // type | accelerator | count | GpuInfo | model | memory of one
                "p4de.24xlarge|A100|8|{'Gpus': [{'Name': 'A100', 'Count': 8, 'MemoryInfo': {'SizeInMiB': 81920}}], 'TotalGpuMemoryInMiB': 655360}|A100-80GB|80",
                // a literal of Python with a word of JSON
                "n3-A100x2|A100-80G-PCIe|2|{'Gpus': [{'Manufacturer': null, 'Count': 2, 'MemoryInfo': {'SizeInMiB': 81920}}], 'TotalGpuMemoryInMiB': 163840}|A100-80GB|80",
                "n3-A100x2|A100|2|{\"Gpus\":[{\"MemoryInfo\":{\"SizeInMiB\":40960}}]}|A100-40GB|40",
                // lists that repeat the memory of one as the total, and lists that give the total as that of one
                "gpu_8x_a100|A100|8.0|{'Gpus': [{'MemoryInfo': {'SizeInMiB': 40960}}], 'TotalGpuMemoryInMiB': 40960}|A100-40GB|40",
                "2x-RTX_4090-32-65536|RTX4090|2|{'Gpus': [{'MemoryInfo': {'SizeInMiB': 49128}}], 'TotalGpuMemoryInMiB': 49128}|RTX-4090|24",
                // both readings are an A100: nobody knows
                "2x-A100_PCIE-32-65536|A100|2|{'Gpus': [{'MemoryInfo': {'SizeInMiB': 81920}}], 'TotalGpuMemoryInMiB': 81920}|A100|0",
                "2x-A100_SXM4-32-65536|A100|2|{'Gpus': [{'MemoryInfo': {'SizeInMiB': 163840}}], 'TotalGpuMemoryInMiB': 163840}|A100-80GB|80",
                // the type says more than the column
                "1x-RTX_3060_Ti-32-65536|RTX3060|1|{'Gpus': [{'MemoryInfo': {'SizeInMiB': 8192}}]}|RTX-3060-Ti|8",
                "1x-H100_NVL-32-65536|H100|1|{'Gpus': [{'MemoryInfo': {'SizeInMiB': 95830}}]}|H100-NVL|94",
                "gpu_1x_h100_pcie|H100|1.0|{'Gpus': [{'MemoryInfo': {'SizeInMiB': 81920}}]}|H100-PCIe|80",
                "Standard_NC40ads_H100_v5|H100|1|H100|H100-NVL|94",
                "somebody_H100-sxm5x8-NVLINK|H100|8.0||H100-SXM|80",
                "somebody_H100x8|H100|8.0||H100|0",
                // a driver keeps some for itself
                "1x-L40S-32-65536|L40S|1|{'Gpus': [{'MemoryInfo': {'SizeInMiB': 46068}}]}|L40S|48",
                "new.type|Rubin CPX|4|{'Gpus': [{'MemoryInfo': {'SizeInMiB': 131072}}]}|RUBIN-CPX|128",
                "Standard_NP10s||1||ALVEO-U250|0",
                "trn1.32xlarge|Trainium|16||TRAINIUM|0"
            })
    void knowsWhichGpuARowMeans(String type, String name, String count, String info, String model, int memory) {
        // When
        var row = "%s,%s,%s,8,64,\"%s\",1.5,,eu-1,"
                .formatted(type, name == null ? "" : name, count, info == null ? "" : info.replace("\"", "\"\""));
        // Then
        assertThat(only(read(row), CapacityType.ON_DEMAND).gpu())
                .isEqualTo(new Gpu(model, (int) Double.parseDouble(count), memory));
    }

    @Test
    void aTpuIsKeptUnderItsOwnName() {
        // When
        var content = read(",tpu-v5litepod-8,1,,,,9.6,4.1,us-1,us-1a");
        // Then
        var offer = only(content, CapacityType.SPOT);
        assertThat(offer.instanceType()).isEqualTo("tpu-v5litepod-8");
        assertThat(offer.gpu()).isEqualTo(new Gpu("TPU-v5e-8", 1, 0));
    }

    @Test
    void aMachineWhoseGpuIsPricedApartCostsBoth() {
        // Given
        var host = "a2-highgpu-2g,,,24.0,170.0,,1.47895,0.7395,us-1,us-1a";
        var gpus = ",A100,2,,,\"{'Gpus': [{'MemoryInfo': {'SizeInMiB': 40960}}]}\",5.86782,2.8682,us-1,us-1a";
        var elsewhere = ",A100,2,,,,1.0,1.0,us-1,us-1b";
        // When
        var content = read(host, gpus, elsewhere);
        // Then
        var spot = only(content, CapacityType.SPOT);
        assertThat(spot.price()).isEqualTo(HourlyPrice.usd("3.6077"));
        assertThat(spot.gpu()).isEqualTo(new Gpu("A100-40GB", 2, 40));
        assertThat(spot.instanceType()).isEqualTo("a2-highgpu-2g");
        assertThat(only(content, CapacityType.ON_DEMAND).price()).isEqualTo(HourlyPrice.usd("7.34677"));
        assertThat(flaws(content)).isEqualTo(Map.of("NO_HOST_PRICE", 1L));
    }

    @Test
    void aMachineWhoseGpuHasNoPriceIsNotForSaleWithoutIt() {
        // When
        var content = read(PLAIN, "g2-standard-24,,,24.0,96.0,,0.88,0.35,us-1,us-1a", ",L4,1,,,,0.56,0.22,us-1,us-1a");
        // Then
        assertThat(content.offerings()).extracting(Offering::instanceType).containsOnly("m1.large");
        assertThat(flaws(content)).isEqualTo(Map.of("NO_ACCELERATOR_PRICE", 1L, "NO_HOST_PRICE", 1L));
    }

    @Test
    void aGpuWithoutASpotPriceIsNotSoldAsSpot() {
        // When
        var content = read("a3-megagpu-8g,,,208,1872,,9.46,3.33,us-1,us-1a", ",H100-MEGA,8,,,,82.75,,us-1,us-1a");
        // Then
        assertThat(only(content, CapacityType.ON_DEMAND).price()).isEqualTo(HourlyPrice.usd("92.21"));
        assertThat(content.offerings()).hasSize(1);
    }

    @Test
    void aGpuThatCanBeAddedIsOfferedOnACustomaryMachine() {
        // When
        var content = read("n1-standard-16,,,16,60,,0.76,0.24,us-1,us-1a", ",T4,2,,,,0.70,0.32,us-1,us-1a");
        // Then
        var offer = byId(content, "test:us-1:us-1a:n1-standard-16-T4.x2:spot");
        assertThat(offer.price()).isEqualTo(HourlyPrice.usd("0.56"));
        assertThat(offer.instanceType()).isEqualTo("n1-standard-16+T4");
        assertThat(offer.gpu()).isEqualTo(new Gpu("T4", 2, 16));
        assertThat(byId(content, "test:us-1:us-1a:n1-standard-16:spot").gpu()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "InstanceType,Price\nm1,0.1\n",
                "ImageId,Region\nimg,eu-1\n",
                "InstanceType,Region,Price\n",
                "InstanceType,Region,Price\nm1,eu-1,nonsense\n",
                ""
            })
    void aFileThatIsNoCatalogueIsAFaultAndNotAnEmptyMarket(String text) {
        assertThatThrownBy(() -> Catalogues.readText("test", text))
                .isInstanceOfSatisfying(
                        CatalogueFaults.Unread.class,
                        unread -> assertThat(unread.verdict().refusal()).isEqualTo(Refusal.INVALID));
    }

    @Test
    void namesTheColumnThatIsMissing() {
        assertThatThrownBy(() -> Catalogues.readText("test", "InstanceType,SpotPrice\nm1,0.1\n"))
                .hasMessage(
                        "NO_CATALOGUE: vms.csv has no column Region, Price; its header is 'InstanceType,SpotPrice'");
    }

    @Test
    void aBombIsDefused() {
        // Given
        var letters = Catalogues.gzipped("x".repeat(65 * 1024 * 1024));
        // When / Then
        assertThatThrownBy(() -> Catalogues.readBytes("test", letters)).hasMessageContaining("larger than 64 MiB");
    }

    @Test
    void aListOfNothingButBadRowsIsNone() {
        // Given
        var rows = HEADER + "\n" + (PLAIN + "\n").repeat(60_000);
        // When / Then
        assertThatThrownBy(() -> Catalogues.readText("test", rows))
                .hasMessageContaining(
                        "more than 50000 rows were rejected, such as 'm1.large in eu-1a' for DUPLICATE_ROW");
    }
}
