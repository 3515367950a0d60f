package io.onedump.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Packages of Debian's unstable suite with all the libraries they need, in a folder of their own that leaves the system
 * as it is. Fetched at first use by {@code src/test/sh/debian-tree}; needs apt-get, Debian's keyring and patchelf.
 */
final class DebianTree {

    private static final Path SCRIPT =
            Path.of(System.getProperty("basedir", ""), "src/test/sh/debian-tree").toAbsolutePath();

    private DebianTree() {
    }

    static synchronized Path of(String name, String... packages) {
        Path tree = CopiedPrograms.path(name);
        Path complete = tree.resolve("complete");
        if (!Files.exists(complete)) {
            Command.of(SCRIPT.toString(), tree.toString()).and(packages).run();
            try {
                Files.createFile(complete);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot mark " + tree + " as complete", e);
            }
        }
        return tree;
    }
}
