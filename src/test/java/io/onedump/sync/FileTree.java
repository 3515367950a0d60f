package io.onedump.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** A folder with files of random content, the same for the same name and size in each run of a test. */
record FileTree(Path root) {

    private static final long SEED = 20261123;

    /** @param root made with its parents when it is not there */
    static FileTree in(Path root) throws IOException {
        return new FileTree(Files.createDirectories(root));
    }

    Path file(String name) {
        return root.resolve(name);
    }

    /** Makes folders as the name needs them. */
    FileTree write(String name, int size) throws IOException {
        byte[] bytes = new byte[size];
        new Random(SEED + name.hashCode() + size).nextBytes(bytes);
        Files.createDirectories(file(name).getParent());
        Files.write(file(name), bytes);
        return this;
    }

    /** The regular files below it, not following links. */
    List<String> paths() throws IOException {
        if (!Files.exists(root)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .map(file -> root.relativize(file).toString()).sorted().toList();
        }
    }

    void assertSameAs(FileTree other) throws IOException {
        assertThat(paths()).isEqualTo(other.paths());
        for (String path : paths()) {
            assertThat(Files.mismatch(file(path), other.file(path))).as(path).isEqualTo(-1);
        }
    }
}
