package io.spotplane.simulator.catalogue;

import io.spotplane.simulator.behaviour.Call;
import io.spotplane.simulator.behaviour.Conduct;
import io.spotplane.simulator.behaviour.Protocol;
import io.spotplane.simulator.behaviour.Provider;
import io.spotplane.simulator.behaviour.Refusal;
import io.spotplane.simulator.wire.HttpDate;
import io.spotplane.simulator.wire.Request;
import io.spotplane.simulator.wire.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** A file server with validators: {@code GET <cloud>/vms.csv} and {@code vms.csv.gz}. */
public final class CatalogueProtocol implements Protocol {

    private final String prefix;
    private final Catalogue catalogue;

    public CatalogueProtocol(String prefix, Catalogue catalogue) {
        this.prefix = prefix;
        this.catalogue = catalogue;
    }

    @Override
    public Call identify(Request request) {
        return Call.of(Provider.CATALOGUE, request.method() + " " + request.pathBelow(prefix), Map.of());
    }

    @Override
    public Response answer(Request request, Conduct conduct) {
        var path = request.pathBelow(prefix);
        if (!request.method().equals("GET") || !path.matches(Catalogue.CLOUD + "/vms\\.csv(\\.gz)?")) {
            return text(404, "404: Not Found");
        }
        var etag = "\"" + catalogue.version() + (conduct.yesterday() ? "-flap\"" : "\"");
        if (request.header("If-None-Match").filter(etag::equals).isPresent()) {
            return Response.empty(304).with("ETag", etag);
        }
        return file(path, Catalogue.written(conduct.listed(rows(conduct))))
                .with("ETag", etag)
                .with("Last-Modified", HttpDate.of(catalogue.changedAt()));
    }

    /** A flapping crawl tells other spot prices, and loses some types. */
    private List<Catalogue.Row> rows(Conduct conduct) {
        return conduct.yesterday()
                ? catalogue.rows().stream()
                        .filter(row -> Math.floorMod(row.type().hashCode(), 7) != 0)
                        .map(Catalogue.Row::asYesterday)
                        .toList()
                : catalogue.rows();
    }

    private static Response file(String path, String content) {
        return path.endsWith(".gz")
                ? Response.binary(200, "application/octet-stream", gzipped(content))
                : Response.of(200, "text/plain; charset=utf-8", content);
    }

    private static byte[] gzipped(String content) {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content.getBytes(StandardCharsets.UTF_8));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    @Override
    public Response refusal(Call call, Refusal refusal) {
        return text(refusal.status(), refusal.code() + ": " + refusal.message());
    }

    @Override
    public Response throttled(Call call) {
        return text(429, "429: Too Many Requests").with("Retry-After", "1");
    }

    private static Response text(int status, String content) {
        return Response.of(status, "text/plain; charset=utf-8", content);
    }
}
