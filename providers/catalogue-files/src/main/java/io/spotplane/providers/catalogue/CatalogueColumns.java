package io.spotplane.providers.catalogue;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The columns of one file, by the names in its header, in whatever order. A row is a line: the format has no line breaks in fields, and a quote that does not end costs its own row
 * and not the rest of the file.
 */
final class CatalogueColumns {

    private static final List<String> REQUIRED = List.of("InstanceType", "Region", "Price");
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final Pattern GENERATION = Pattern.compile("V\\d+");
    private static final int SHOWN = 60;

    private static final CsvReader.CsvReaderBuilder CSV =
            CsvReader.builder().allowUnclosedQuote(false).allowExtraCharsAfterClosingQuote(false);

    private final Map<String, Integer> positions;
    private final int count;
    private final boolean generationsAreLast;

    private CatalogueColumns(Map<String, Integer> positions, int count) {
        this.positions = positions;
        this.count = count;
        this.generationsAreLast = Objects.equals(positions.get("Generation"), count - 1);
    }

    /**
     * Reads a header.
     *
     * @param file whose, for messages
     * @throws CatalogueFaults.Unread when it is none, or lacks a column without which nothing can be sold
     */
    static CatalogueColumns of(String file, String line) {
        var header = line.startsWith(BYTE_ORDER_MARK) ? line.substring(1) : line;
        if (header.stripLeading().startsWith("<")) {
            throw CatalogueFaults.webPage(shortened(header));
        }
        var names = fields(header).map(CsvRecord::getFields).orElse(List.of());
        var positions = new HashMap<String, Integer>();
        for (int at = 0; at < names.size(); at++) {
            positions.putIfAbsent(names.get(at).strip(), at);
        }
        requireAll(file, positions, header);
        return new CatalogueColumns(positions, names.size());
    }

    private static void requireAll(String file, Map<String, Integer> positions, String header) {
        var missing =
                REQUIRED.stream().filter(name -> !positions.containsKey(name)).toList();
        if (!missing.isEmpty()) {
            throw CatalogueFaults.unfit(file + " has no column " + String.join(", ", missing) + "; its header is '"
                    + shortened(header) + "'");
        }
    }

    /** The row in {@code line}; empty when it does not fit the header. */
    Optional<CatalogueRow> row(String line) {
        return fields(line).filter(this::fits).map(fields -> CatalogueRow.of(name -> field(fields, name)));
    }

    /** As many fields as columns; more only where the list of generations at the end ({@code V1,V2}) was written without quotes. */
    private boolean fits(CsvRecord fields) {
        var surplus = fields.getFieldCount() - count;
        return surplus == 0
                || surplus > 0
                        && generationsAreLast
                        && fields.getFields().stream()
                                .skip(count - 1L)
                                .allMatch(field -> GENERATION.matcher(field).matches());
    }

    private String field(CsvRecord fields, String name) {
        var at = positions.get(name);
        return at == null ? "" : fields.getField(at).strip();
    }

    private static Optional<CsvRecord> fields(String line) {
        try {
            return Optional.of(CSV.ofSingleCsvRecord(line));
        } catch (CsvParseException broken) {
            return Optional.empty();
        }
    }

    private static String shortened(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}
