package io.spotplane.providers.runpod;

import static org.assertj.core.api.Assertions.assertThat;

import io.spotplane.contracts.vocabulary.Availability;
import io.spotplane.contracts.vocabulary.CapacityType;
import io.spotplane.contracts.vocabulary.Gpu;
import io.spotplane.contracts.vocabulary.HourlyPrice;
import io.spotplane.contracts.vocabulary.Offering;
import io.spotplane.providers.spi.MarketSweep;
import io.spotplane.providers.spi.ProviderFault;
import java.time.Duration;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RunPodMarketDataTest {

    private static final String MARKET = """
            {"data":{"gpuTypes":[
              {"id":"NVIDIA GeForce RTX 4090","displayName":"RTX 4090","memoryInGb":24,"maxGpuCount":2,
               "secure1":{"minimumBidPrice":0.35,"uninterruptablePrice":0.69,"minVcpu":6,"minMemory":31,"stockStatus":"High"},
               "secure2":{"minimumBidPrice":0.351,"uninterruptablePrice":0.69,"minVcpu":12,"minMemory":62,"stockStatus":"Low"},
               "community1":{"minimumBidPrice":null,"uninterruptablePrice":0.34,"stockStatus":null},
               "community2":null},
              {"id":"NVIDIA L4","displayName":"L4","memoryInGb":24,"maxGpuCount":1,
               "secure1":{"minimumBidPrice":0.0,"uninterruptablePrice":-1,"stockStatus":"None"},
               "secure2":{"minimumBidPrice":0.2,"uninterruptablePrice":0.4,"stockStatus":"High"},
               "community1":null,"community2":null}]}}
            """;

    private final ScriptedRunPod runPod = new ScriptedRunPod();

    @AfterEach
    void close() {
        runPod.close();
    }

    @Test
    void sellsWholePodsAtThePriceOfAllTheirGpus() {
        // When
        var offer = offering(sweep(), "runpod:any:secure:NVIDIA-GeForce-RTX-4090.x2:spot");
        // Then
        assertThat(offer.price()).isEqualTo(HourlyPrice.usd("0.702"));
        assertThat(offer.gpu()).isEqualTo(new Gpu("RTX-4090", 2, 24));
        assertThat(offer.instanceType()).isEqualTo("NVIDIA GeForce RTX 4090");
        assertThat(offer.vcpu()).isEqualTo(12);
        assertThat(offer.memoryMiB()).isEqualTo(62 * 1024);
        assertThat(offer.availability()).isEqualTo(Availability.LOW);
        assertThat(offer.source()).isEqualTo("gpuTypes");
    }

    @Test
    void leavesOutWhatHasNoPriceAndNamesWhatCannotBeOne() {
        // When
        var sweep = sweep();
        // Then
        assertThat(sweep.offerings())
                .extracting(Offering::id)
                .containsExactlyInAnyOrder(
                        "runpod:any:secure:NVIDIA-GeForce-RTX-4090.x1:spot",
                        "runpod:any:secure:NVIDIA-GeForce-RTX-4090.x1:on_demand",
                        "runpod:any:secure:NVIDIA-GeForce-RTX-4090.x2:spot",
                        "runpod:any:secure:NVIDIA-GeForce-RTX-4090.x2:on_demand",
                        "runpod:any:community:NVIDIA-GeForce-RTX-4090.x1:on_demand");
        assertThat(sweep.rejected())
                .extracting(MarketSweep.RejectedRow::why)
                .containsExactlyInAnyOrder("NO_PRICE", "NEGATIVE_PRICE");
    }

    @Test
    void asksOnceForAllTiersAndCountsAndAlwaysNamesTheTier() {
        // When
        sweep();
        // Then
        assertThat(runPod.requests("/graphql"))
                .singleElement()
                .asString()
                .contains("secure1: lowestPrice(input: {gpuCount: 1, secureCloud: true})")
                .contains("community2: lowestPrice(input: {gpuCount: 2, secureCloud: false})")
                .contains("Bearer k3y");
    }

    @Test
    void anAnswerWithErrorsIsNoAnswer() {
        // Given
        runPod.on("/graphql", 200, "{\"errors\":[{\"message\":\"unavailable k3y\"}],\"data\":{\"gpuTypes\":[]}}");
        // When
        var fault = Assertions.catchThrowable(this::block);
        // Then
        assertThat(fault).isInstanceOf(ProviderFault.class).hasMessageContaining("unavailable ***");
    }

    @Test
    void anAnswerWithoutAListIsNoAnswer() {
        // Given
        runPod.on("/graphql", 200, "{\"data\":{\"gpuTypes\":null}}");
        // When
        var fault = Assertions.catchThrowable(this::block);
        // Then
        assertThat(fault).isInstanceOf(ProviderFault.class);
    }

    private MarketSweep sweep() {
        runPod.on("/graphql", 200, MARKET);
        return block();
    }

    private MarketSweep block() {
        return runPod.account().marketData().sweep().block(Duration.ofSeconds(10));
    }

    private static Offering offering(MarketSweep sweep, String id) {
        return sweep.offerings().stream()
                .filter(offer -> offer.id().equals(id))
                .filter(offer -> offer.capacityType() == CapacityType.SPOT)
                .findFirst()
                .orElseThrow();
    }
}
