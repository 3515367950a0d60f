package io.onedump.app.cli;

import java.nio.file.Files;
import java.nio.file.Path;

/** What {@code mvn package} makes for users. */
final class Distribution {

    private static final Path HOME =
            Path.of(System.getProperty("basedir", "")).resolve("target/onedump").toAbsolutePath();

    private Distribution() {
    }

    static Path home() {
        if (!Files.isExecutable(launcher(HOME))) {
            throw new IllegalStateException(HOME + " is not there; run: mvn package");
        }
        return HOME;
    }

    static Path launcher() {
        return launcher(home());
    }

    /** @param home a copy of the distribution */
    static Path launcher(Path home) {
        return home.resolve("bin/onedump");
    }
}
