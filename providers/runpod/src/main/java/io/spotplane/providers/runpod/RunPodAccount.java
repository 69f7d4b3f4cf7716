package io.spotplane.providers.runpod;

import io.spotplane.providers.spi.InstanceInspector;
import io.spotplane.providers.spi.InstanceLauncher;
import io.spotplane.providers.spi.MarketData;
import io.spotplane.providers.support.CallGuard;
import io.spotplane.providers.support.CallGuards;
import io.spotplane.providers.support.ProviderHttp;
import io.spotplane.providers.support.Redaction;
import java.time.InstantSource;
import org.springframework.http.HttpHeaders;

/** One account: its settings, its connection, its breaker, and the capabilities that share them. */
record RunPodAccount(RunPodSettings settings, RunPodApi api, CallGuard guard, RunPodFaults faults, InstantSource time) {

    static RunPodAccount of(RunPodSettings settings, ProviderHttp http, CallGuards guards, InstantSource time) {
        var faults = new RunPodFaults(Redaction.of(settings.apiKey()), time);
        var client = http.client(RunPod.PROVIDER, settings.baseUrl(), settings.callTimeout())
                .mutate()
                .defaultHeader(
                        HttpHeaders.AUTHORIZATION, "Bearer " + settings.apiKey().reveal())
                .build();
        return new RunPodAccount(
                settings,
                new RunPodApi(client, settings.callTimeout(), faults),
                guards.of(RunPod.PROVIDER, "api"),
                faults,
                time);
    }

    MarketData marketData() {
        return new RunPodMarketData(api, guard, faults, settings, time);
    }

    InstanceLauncher launcher() {
        return new RunPodLauncher(api, guard, faults, settings);
    }

    InstanceInspector inspector() {
        return new RunPodInspector(api, guard, faults, time);
    }
}
