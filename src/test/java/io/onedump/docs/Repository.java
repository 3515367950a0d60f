package io.onedump.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The project's own files. */
public final class Repository {

    private static final Path ROOT = Path.of(System.getProperty("basedir", "")).toAbsolutePath();

    private Repository() {
    }

    /** @param path from the project's root */
    public static Path file(String path) {
        return ROOT.resolve(path);
    }

    /** The pages beside README.md and all of docs/. */
    public static List<Page> pages() {
        try (Stream<Path> root = Files.list(ROOT); Stream<Path> docs = Files.walk(file("docs"))) {
            return Stream.concat(root, docs).filter(path -> path.toString().endsWith(".md")).sorted().map(Page::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
