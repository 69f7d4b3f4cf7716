package io.spotplane.providers.netbox;

import io.spotplane.providers.netbox.NetBoxWire.Device;
import io.spotplane.providers.netbox.NetBoxWire.DevicePage;
import io.spotplane.providers.netbox.NetBoxWire.Named;
import io.spotplane.providers.spi.HostCatalog;
import io.spotplane.providers.support.CallGuard;
import io.spotplane.providers.support.CallGuards;
import io.spotplane.providers.support.HttpAnswer;
import io.spotplane.providers.support.ProviderHttp;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.util.UriComponentsBuilder;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * NetBox's devices with the GPU hosts' role. Empty chassis (tag {@code UNPOPULATED CHASSIS}) are no hosts; devices of every status are listed, because a
 * host that Nova knows and NetBox calls planned or failed is worth knowing.
 */
public final class NetBoxCatalog implements HostCatalog {

    private static final String EMPTY_CHASSIS = "UNPOPULATED CHASSIS";

    private final NetBoxSettings settings;
    private final WebClient http;
    private final JsonMapper json;
    private final NetBoxFaults faults;
    private final CallGuard guard;

    private NetBoxCatalog(
            NetBoxSettings settings, WebClient http, JsonMapper json, NetBoxFaults faults, CallGuard guard) {
        this.settings = settings;
        this.http = http;
        this.json = json;
        this.faults = faults;
        this.guard = guard;
    }

    /** The catalogue of these settings, also for programs without Spring. */
    public static HostCatalog of(NetBoxSettings settings, ProviderHttp http, CallGuards guards, InstantSource clock) {
        var json = JsonMapper.builder().build();
        return new NetBoxCatalog(
                settings,
                http.client(settings.source(), settings.baseUrl(), settings.callTimeout()),
                json,
                new NetBoxFaults(settings, json, clock),
                guards.of(settings.source(), "devices"));
    }

    @Override
    public String provider() {
        return settings.source();
    }

    @Override
    public Mono<List<CatalogHost>> hosts() {
        return page(firstPage())
                .expand(step -> Mono.justOrEmpty(step.next()).flatMap(next -> page(following(step, next))))
                .concatMapIterable(Step::devices)
                .filter(this::isGpuHost)
                .map(NetBoxCatalog::toHost)
                .collectList()
                .onErrorMap(faults::toFault);
    }

    private Mono<Step> page(URI page) {
        return http.get()
                .uri(page)
                .header(HttpHeaders.AUTHORIZATION, settings.authorization())
                .exchangeToMono(HttpAnswer::read)
                .timeout(settings.callTimeout())
                .flatMap(faults::unlessRefused)
                .map(answer -> Step.of(page, json.readValue(answer.body(), DevicePage.class)))
                .onErrorMap(faults::toFault)
                .transform(guard.aroundRead("netbox.devices"));
    }

    private URI firstPage() {
        return UriComponentsBuilder.fromUri(settings.devicesUrl())
                .queryParam("limit", settings.pageSize())
                .queryParam("exclude", "config_context")
                .build()
                .toUri();
    }

    /** Only the query of {@code next} is followed, on the configured address; and only when the whole of it points there (the scheme aside). */
    private URI following(Step step, String next) {
        var stated = URI.create(next);
        var devices = settings.devicesUrl();
        if (!isSamePlace(stated, devices)) {
            throw faults.strayPage(next);
        }
        var page = URI.create(devices + "?" + stated.getRawQuery());
        if (page.equals(step.asked())) {
            throw faults.circle(next);
        }
        return page;
    }

    private static boolean isSamePlace(URI stated, URI configured) {
        return configured.getHost().equalsIgnoreCase(stated.getHost())
                && (configured.getPort() == stated.getPort() || stated.getPort() == -1)
                && configured.getPath().equals(stated.getPath())
                && stated.getRawQuery() != null;
    }

    private boolean isGpuHost(Device device) {
        return device.name() != null
                && settings.role().equalsIgnoreCase(Named.of(device.role()))
                && tags(device).noneMatch(EMPTY_CHASSIS::equalsIgnoreCase);
    }

    private static CatalogHost toHost(Device device) {
        var status = device.status();
        return new CatalogHost(
                device.id(),
                Objects.requireNonNull(device.name()),
                status == null || status.value() == null ? "unknown" : status.value(),
                Named.of(device.site()),
                Named.of(device.rack()),
                Named.of(device.tenant()),
                GpuTag.modelIn(tags(device).toList()).orElse(null),
                device.custom("NVLinks").map(NetBoxCatalog::isTrue).orElse(null),
                device.custom("Aggregates").map(NetBoxCatalog::names).orElse(List.of()),
                device.displayUrl());
    }

    private static Stream<String> tags(Device device) {
        return Stream.ofNullable(device.tags()).flatMap(List::stream).flatMap(tag -> Stream.ofNullable(tag.name()));
    }

    /** A boolean field, or a text or number field that is used as one. */
    private static boolean isTrue(JsonNode field) {
        return field.isBoolean()
                ? field.booleanValue()
                : !List.of("", "0", "no", "false")
                        .contains(field.asString("").strip().toLowerCase(Locale.ROOT));
    }

    /** One name, several with commas between them, or a list. */
    private static List<String> names(JsonNode field) {
        var texts = field.isArray()
                ? field.valueStream().map(item -> item.asString(""))
                : Stream.of(field.asString("").split(","));
        return texts.map(String::strip).filter(name -> !name.isEmpty()).toList();
    }

    /** A page and how it was asked for. */
    private record Step(URI asked, List<Device> devices, Optional<String> next) {

        static Step of(URI asked, DevicePage page) {
            @Nullable List<Device> results = page.results();
            return new Step(asked, results == null ? List.of() : results, Optional.ofNullable(page.next()));
        }
    }
}
