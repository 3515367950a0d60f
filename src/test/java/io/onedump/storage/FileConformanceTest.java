package io.onedump.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import io.onedump.storage.file.FileStorage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileConformanceTest extends StorageConformance {

    @TempDir
    private static Path folder;

    @Override
    Storage open(Verify verify) {
        return new FileStorage(folder.resolve("backups"), verify);
    }

    @Test
    void listsTheFolderThatASymbolicLinkLeadsTo() throws Exception {
        Path real = Files.createDirectories(folder.resolve("disk/shop"));
        Files.write(real.resolve("x.sql"), new byte[3]);
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("disk"));
        Files.createSymbolicLink(folder.resolve("disk/other"), real);
        try (Storage storage = new FileStorage(link, Verify.AUTO)) {
            assertThat(storage.list("")).extracting(StoredObject::path).containsExactly("shop/x.sql");
            assertThat(storage.list("other/")).extracting(StoredObject::path).containsExactly("other/x.sql");
        }
    }

    @Override
    int pages() {
        return 2001;
    }

    @Override
    void seed(List<String> paths) throws Exception {
        seedFiles(folder.resolve("backups"), paths);
    }

    @Override
    List<String> leftovers() throws Exception {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".part")).toList();
        }
    }
}
