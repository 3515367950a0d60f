package io.onedump.servers;

import java.nio.file.Files;
import java.nio.file.Path;

/** Programs that the build copies to {@code target/servers}. */
final class CopiedPrograms {

    private static final Path FOLDER = Path.of(System.getProperty("basedir", ""), "target", "servers").toAbsolutePath();

    private CopiedPrograms() {
    }

    static Path path(String name) {
        if (!Files.isDirectory(FOLDER)) {
            throw new IllegalStateException(FOLDER + " does not exist; run: mvn test-compile");
        }
        return FOLDER.resolve(name);
    }
}
