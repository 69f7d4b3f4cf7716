package io.spotplane.pricing.shelf;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.spotplane.contracts.vocabulary.Availability;
import io.spotplane.contracts.vocabulary.BidRules;
import io.spotplane.contracts.vocabulary.CapacityType;
import io.spotplane.contracts.vocabulary.Confidence;
import io.spotplane.contracts.vocabulary.Gpu;
import io.spotplane.contracts.vocabulary.HourlyPrice;
import io.spotplane.contracts.vocabulary.Offering;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Offerings as bytes: gzipped rows of fixed fields that refer to a table of the strings that repeat. A hundred thousand rows are
 * read ten times as fast as from JSON, which is what a replica does when it starts and when a market moves; each string is in memory once.
 *
 * <p>Format 2, big-endian: byte format; int strings; for each: short length, UTF-8; int bid rules; for each: as written below; int rows; for each:
 * id (short length, UTF-8), then indexes (int; -1 for null) and numbers as written below. Another format gets other keys in Redis, so a reader meets only its own.
 */
final class PackedOfferings {

    private static final byte FORMAT = 2;
    private static final int NONE = -1;
    private static final int ABOUT_A_ROW = 200;

    private PackedOfferings() {}

    static byte[] pack(List<Offering> offerings) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new FastGzip(bytes)) {
            new Packing().write(offerings, out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    static List<Offering> unpack(byte[] packed) {
        try (var gzip = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return new Unpacking(ByteBuffer.wrap(gzip.readAllBytes())).read();
        } catch (IOException damaged) {
            throw new UncheckedIOException(damaged);
        }
    }

    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(ByteArrayOutputStream bytes) throws IOException {
            super(bytes);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }

    private static final class Packing {

        private final Map<String, Integer> indexes = new HashMap<>();
        private final List<String> strings = new ArrayList<>();
        private final Map<BidRules, Integer> rulesIndexes = new LinkedHashMap<>();

        /** The tables stand first, so the rows are written aside. */
        void write(List<Offering> offerings, OutputStream out) throws IOException {
            var rows = Unpooled.buffer(offerings.size() * ABOUT_A_ROW);
            offerings.forEach(offering -> write(offering, rows));
            var tables = Unpooled.buffer();
            tables.writeByte(FORMAT);
            tables.writeInt(strings.size());
            strings.forEach(string -> write(string, tables));
            tables.writeInt(rulesIndexes.size());
            rulesIndexes.keySet().forEach(rules -> write(rules, tables));
            tables.writeInt(offerings.size());
            tables.readBytes(out, tables.readableBytes());
            rows.readBytes(out, rows.readableBytes());
        }

        private void write(Offering offering, ByteBuf out) {
            write(offering.id(), out);
            out.writeInt(index(offering.provider()));
            out.writeInt(index(offering.region()));
            out.writeInt(index(offering.zone()));
            out.writeInt(index(offering.instanceType()));
            out.writeInt(offering.vcpu());
            out.writeLong(offering.memoryMiB());
            write(offering.gpu(), out);
            out.writeInt(index(offering.capacityType().name()));
            write(offering.price(), out);
            write(offering.billedPrice(), out);
            out.writeInt(index(offering.availability().name()));
            out.writeInt(index(offering.source()));
            write(offering.observedAt(), out);
            write(offering.receivedAt(), out);
            var confidence = offering.availabilityConfidence();
            out.writeInt(index(confidence == null ? null : confidence.name()));
            var rules = offering.bidRules();
            out.writeInt(rules == null ? NONE : rulesIndexes.computeIfAbsent(rules, first -> rulesIndexes.size()));
        }

        private static void write(BidRules rules, ByteBuf out) {
            write(rules.minimum().toPlainString(), out);
            out.writeByte(rules.decimals());
            out.writeInt(rules.ladder().size());
            for (var step : rules.ladder()) {
                write(step.from().toPlainString(), out);
                write(step.add().toPlainString(), out);
            }
            out.writeLong(rules.effectiveFrom().toEpochDay());
        }

        private void write(@Nullable Gpu gpu, ByteBuf out) {
            out.writeInt(index(gpu == null ? null : gpu.model()));
            if (gpu != null) {
                out.writeInt(gpu.count());
                out.writeInt(gpu.memoryGiB());
            }
        }

        /** Money has less than 10^12 with at most six places: its digits fit into a long. */
        private void write(HourlyPrice price, ByteBuf out) {
            out.writeLong(price.amount().unscaledValue().longValueExact());
            out.writeByte(price.amount().scale());
            out.writeInt(index(price.currency()));
        }

        private static void write(Instant time, ByteBuf out) {
            out.writeLong(time.getEpochSecond());
            out.writeInt(time.getNano());
        }

        private static void write(String text, ByteBuf out) {
            var utf8 = text.getBytes(StandardCharsets.UTF_8);
            out.writeShort(utf8.length);
            out.writeBytes(utf8);
        }

        private int index(@Nullable String string) {
            return string == null ? NONE : indexes.computeIfAbsent(string, this::added);
        }

        private int added(String string) {
            strings.add(string);
            return strings.size() - 1;
        }
    }

    private static final class Unpacking {

        private final ByteBuffer in;
        private String[] strings = {};
        private BidRules[] bidRules = {};

        Unpacking(ByteBuffer in) {
            this.in = in;
        }

        List<Offering> read() {
            byte format = in.get();
            if (format != FORMAT) {
                throw new IllegalStateException("format of the shelf is " + format + ", expected " + FORMAT);
            }
            strings = new String[in.getInt()];
            for (int at = 0; at < strings.length; at++) {
                strings[at] = text();
            }
            bidRules = new BidRules[in.getInt()];
            for (int at = 0; at < bidRules.length; at++) {
                bidRules[at] = rules();
            }
            int rows = in.getInt();
            var offerings = new ArrayList<Offering>(rows);
            for (int row = 0; row < rows; row++) {
                offerings.add(offering());
            }
            return offerings;
        }

        /** Arguments are evaluated from left to right: in the order in which they were written. */
        private Offering offering() {
            return new Offering(
                    text(),
                    string(),
                    string(),
                    stringOrNull(),
                    string(),
                    in.getInt(),
                    in.getLong(),
                    gpu(),
                    CapacityType.valueOf(string()),
                    price(),
                    price(),
                    Availability.valueOf(string()),
                    string(),
                    time(),
                    time(),
                    confidenceOrNull(),
                    rulesOrNull());
        }

        private @Nullable Confidence confidenceOrNull() {
            var name = stringOrNull();
            return name == null ? null : Confidence.valueOf(name);
        }

        private @Nullable BidRules rulesOrNull() {
            int index = in.getInt();
            return index == NONE ? null : bidRules[index];
        }

        private BidRules rules() {
            var minimum = new BigDecimal(text());
            int decimals = in.get();
            var ladder = new BidRules.Step[in.getInt()];
            for (int at = 0; at < ladder.length; at++) {
                ladder[at] = new BidRules.Step(new BigDecimal(text()), new BigDecimal(text()));
            }
            return new BidRules(minimum, decimals, List.of(ladder), LocalDate.ofEpochDay(in.getLong()));
        }

        private @Nullable Gpu gpu() {
            var model = stringOrNull();
            return model == null ? null : new Gpu(model, in.getInt(), in.getInt());
        }

        private HourlyPrice price() {
            var amount = new BigDecimal(BigInteger.valueOf(in.getLong()), in.get());
            return new HourlyPrice(amount, string());
        }

        private Instant time() {
            return Instant.ofEpochSecond(in.getLong(), in.getInt());
        }

        private String text() {
            var utf8 = new byte[Short.toUnsignedInt(in.getShort())];
            in.get(utf8);
            return new String(utf8, StandardCharsets.UTF_8);
        }

        private String string() {
            return strings[in.getInt()];
        }

        private @Nullable String stringOrNull() {
            int index = in.getInt();
            return index == NONE ? null : strings[index];
        }
    }
}
