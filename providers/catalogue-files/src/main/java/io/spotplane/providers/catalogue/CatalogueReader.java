package io.spotplane.providers.catalogue;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Reads the files of a catalogue line by line: only what is offered stays in memory. Blocks, and computes. */
final class CatalogueReader {

    /** Five times the largest catalogue of today; more is no price list, or a bomb of zeros. */
    private static final long LARGEST = 64L * 1024 * 1024;

    private static final int BUFFER = 64 * 1024;
    private static final int GZIP_MAGIC_1 = 0x1f;
    private static final int GZIP_MAGIC_2 = 0x8b;

    private final CatalogueSettings settings;
    private final InstantSource time;

    CatalogueReader(CatalogueSettings settings, InstantSource time) {
        this.settings = settings;
        this.time = time;
    }

    /**
     * All of it or nothing: a part that cannot be read fails the whole.
     *
     * @throws CatalogueFaults.Unread when a part is no catalogue, or nothing in it is for sale
     */
    CatalogueContent read(List<CataloguePart> parts) {
        var listing = new Listing(settings, time.instant());
        parts.forEach(part -> read(part, listing));
        var content = listing.content();
        if (content.offerings().isEmpty()) {
            throw CatalogueFaults.unfit("nothing is for sale in "
                    + String.join(", ", parts.stream().map(CataloguePart::name).toList()) + ": "
                    + content.rejected().size() + " rows were rejected");
        }
        return content;
    }

    private static void read(CataloguePart part, Listing listing) {
        try (var lines = new BufferedReader(new InputStreamReader(plain(part), StandardCharsets.UTF_8), BUFFER)) {
            listing.open(part);
            var columns = CatalogueColumns.of(part.name(), firstLine(part, lines));
            lines.lines()
                    .filter(line -> !line.isBlank())
                    .forEach(line -> columns.row(line).ifPresentOrElse(listing::add, () -> listing.rejectLine(line)));
            listing.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String firstLine(CataloguePart part, BufferedReader lines) throws IOException {
        var header = lines.readLine();
        if (header == null) {
            throw CatalogueFaults.unfit(part.name() + " is empty");
        }
        return header;
    }

    /** By the first two bytes: an address may call a gzipped file anything. */
    private static InputStream plain(CataloguePart part) throws IOException {
        var bytes = new BufferedInputStream(part.content().open(), BUFFER);
        bytes.mark(2);
        var gzipped = bytes.read() == GZIP_MAGIC_1 && bytes.read() == GZIP_MAGIC_2;
        bytes.reset();
        return new Limited(gzipped ? new GZIPInputStream(bytes, BUFFER) : bytes, part.name());
    }

    /** Ends a reading that grows beyond every catalogue. */
    private static final class Limited extends FilterInputStream {

        private final String name;
        private long read;

        Limited(InputStream in, String name) {
            super(in);
            this.name = name;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            var count = super.read(into, offset, length);
            read += Math.max(count, 0);
            if (read > LARGEST) {
                throw CatalogueFaults.unfit(name + " is larger than " + LARGEST / 1024 / 1024 + " MiB");
            }
            return count;
        }

        @Override
        public int read() throws IOException {
            throw new UnsupportedOperationException("read in blocks, so that the limit is kept");
        }
    }
}
