package io.spotplane.pricing.recommendation;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * What became of every offering, small enough to keep for each recommendation: one line for each, by id (id, reason, number, others, with tabs
 * between them; offering ids have neither tabs nor commas), compressed. A hundred thousand take some hundred kilobytes to a megabyte.
 */
final class PackedCandidates {

    private static final String TAB = "\t";

    private PackedCandidates() {}

    static byte[] pack(List<LeftOut> candidates) {
        var bytes = new ByteArrayOutputStream();
        try (var text = new OutputStreamWriter(new GZIPOutputStream(bytes), StandardCharsets.UTF_8)) {
            for (var candidate : candidates) {
                text.write(line(candidate));
                text.write('\n');
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    static byte[] pack(byte[] json) {
        var bytes = new ByteArrayOutputStream();
        try (var packed = new GZIPOutputStream(bytes)) {
            packed.write(json);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    static byte[] unpack(byte[] packed) {
        try (var plain = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return plain.readAllBytes();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    static List<LeftOut> read(byte[] packed) {
        try (var text = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(new ByteArrayInputStream(packed)), StandardCharsets.UTF_8))) {
            return text.lines().map(PackedCandidates::candidate).toList();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static String line(LeftOut candidate) {
        var number = candidate.number();
        return String.join(
                TAB,
                candidate.offeringId(),
                candidate.reason().name(),
                number == null ? "" : number.toPlainString(),
                String.join(",", candidate.others()));
    }

    private static LeftOut candidate(String line) {
        var parts = line.split(TAB, -1);
        return new LeftOut(
                parts[0],
                Reason.valueOf(parts[1]),
                parts[2].isEmpty() ? null : new BigDecimal(parts[2]),
                parts[3].isEmpty() ? List.of() : List.of(parts[3].split(",")));
    }
}
