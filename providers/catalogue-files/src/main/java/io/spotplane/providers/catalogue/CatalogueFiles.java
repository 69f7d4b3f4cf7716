package io.spotplane.providers.catalogue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** A catalogue on a disk: a file, or all the {@code *.csv} and {@code *.csv.gz} of a folder. Read again when a name, a size or a time differs. */
final class CatalogueFiles {

    private final Path location;
    private final CatalogueReader reader;
    private final AtomicReference<@Nullable Kept> last = new AtomicReference<>();

    CatalogueFiles(String location, CatalogueReader reader) {
        this.location = location.startsWith("file:") ? Path.of(URI.create(location)) : Path.of(location);
        this.reader = reader;
    }

    /** What the files say now. */
    Mono<CatalogueContent> read() {
        return Mono.fromCallable(this::readNow).subscribeOn(Schedulers.boundedElastic());
    }

    private CatalogueContent readNow() throws IOException {
        var files = files();
        var kept = last.get();
        if (kept != null && kept.files().equals(files)) {
            return kept.content();
        }
        var content = reader.read(files.stream().map(StoredFile::part).toList());
        last.set(new Kept(files, content));
        return content;
    }

    private List<StoredFile> files() throws IOException {
        if (!Files.isDirectory(location)) {
            return List.of(StoredFile.at(location));
        }
        try (var all = Files.list(location)) {
            var files = all.filter(CatalogueFiles::isCatalogue)
                    .sorted()
                    .map(StoredFile::at)
                    .toList();
            if (files.isEmpty()) {
                throw CatalogueFaults.unfit("the folder " + location + " holds no *.csv and no *.csv.gz");
            }
            return files;
        }
    }

    private static boolean isCatalogue(Path file) {
        return Stream.of(".csv", ".csv.gz").anyMatch(file.getFileName().toString()::endsWith)
                && Files.isRegularFile(file);
    }

    private record Kept(List<StoredFile> files, CatalogueContent content) {}

    private record StoredFile(Path path, long size, FileTime changedAt) {

        static StoredFile at(Path path) {
            try {
                return new StoredFile(path, Files.size(path), Files.getLastModifiedTime(path));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        CataloguePart part() {
            return new CataloguePart(
                    path.getFileName().toString(), changedAt.toInstant(), () -> Files.newInputStream(path));
        }
    }
}
