package io.spotplane.providers.catalogue;

import io.spotplane.providers.support.ConditionalGet;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** A catalogue at an HTTP address, asked for with the validators of the last answer. */
final class CatalogueAddress {

    private final String fileName;
    private final CatalogueReader reader;
    private final CatalogueFaults faults;
    private final ConditionalGet<CatalogueContent> document;

    CatalogueAddress(WebClient http, URI address, CatalogueReader reader, CatalogueFaults faults) {
        this.fileName = fileName(address);
        this.reader = reader;
        this.faults = faults;
        this.document = new ConditionalGet<>(http, "", this::read);
    }

    /** What the address says now. */
    Mono<CatalogueContent> read() {
        return document.get();
    }

    private Mono<CatalogueContent> read(ClientResponse response) {
        return response.bodyToMono(byte[].class)
                .defaultIfEmpty(new byte[0])
                .publishOn(Schedulers.boundedElastic())
                .map(body -> read(response, body));
    }

    private CatalogueContent read(ClientResponse response, byte[] body) {
        var headers = response.headers().asHttpHeaders();
        if (response.statusCode().value() != 200) {
            throw faults.refused(response.statusCode().value(), headers, new String(body, StandardCharsets.UTF_8));
        }
        return reader.read(
                List.of(new CataloguePart(fileName, lastModified(headers), () -> new ByteArrayInputStream(body))));
    }

    /** The far side's own time of the file, as far as it is one; else now, at the latest. */
    private static Instant lastModified(HttpHeaders headers) {
        return Optional.ofNullable(headers.getFirst(HttpHeaders.LAST_MODIFIED))
                .flatMap(CatalogueAddress::time)
                .orElse(Instant.MAX);
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException noTime) {
            return Optional.empty();
        }
    }

    private static String fileName(URI address) {
        var path = Optional.ofNullable(address.getPath()).orElse("");
        var name = path.substring(path.lastIndexOf('/') + 1);
        return name.isEmpty() ? String.valueOf(address.getHost()) : name;
    }
}
