package io.onedump.storage;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import io.onedump.storage.file.FileStorage;
import org.junit.jupiter.api.io.TempDir;

class FileConformanceTest extends StorageConformance {

    @TempDir
    private static Path folder;

    @Override
    Storage open(Verify verify) {
        return new FileStorage(folder.resolve("backups"), verify);
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
