package io.onedump.storage;

import io.onedump.storage.file.FileStorage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

class FileConformanceTest extends StorageConformance {

    @TempDir
    private static Path folder;

    @Override
    Storage open(Verify verify) {
        return new FileStorage(folder.resolve("backups"), verify);
    }

    @Override
    List<String> leftovers() throws Exception {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".part")).toList();
        }
    }
}
