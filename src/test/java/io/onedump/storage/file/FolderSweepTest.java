package io.onedump.storage.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import io.onedump.artifact.Artifact;
import io.onedump.artifact.BytesArtifact;
import io.onedump.artifact.Digest;
import io.onedump.storage.Storage;
import io.onedump.storage.TemporaryName;
import io.onedump.storage.Verify;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a killed process has left is removed, at the cost of one look through each folder. */
class FolderSweepTest {

    private static final byte[] CONTENT = "artifact".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder;

    @Test
    void removesWhatAKilledProcessHasLeft() throws IOException {
        leave("a.sql");
        leave("shop/a.sql");

        put(backend(), "b.sql");
        assertThat(leftovers()).hasSize(1);

        put(backend(), "shop/b.sql");
        assertThat(leftovers()).isEmpty();
    }

    /** What is left after the first look stays: nobody looked again. */
    @Test
    void looksThroughAFolderOnceHoweverMuchIsPutThere() throws IOException {
        FileBackend backend = backend();
        put(backend, "1.sql");
        leave("a.sql");
        for (int i = 2; i < 20; i++) {
            put(backend, i + ".sql");
        }
        assertThat(leftovers()).hasSize(1);

        put(backend(), "last.sql");

        assertThat(leftovers()).isEmpty();
    }

    @Test
    void looksAgainWhenItCouldNotLook() throws IOException {
        FolderSweep sweep = new FolderSweep();
        Path missing = folder.resolve("missing");
        assertThatThrownBy(() -> sweep.before(missing)).isInstanceOf(NoSuchFileException.class);
        leave("missing/a.sql");

        sweep.before(missing);

        assertThat(leftovers()).isEmpty();
    }

    @Test
    void leavesAloneWhatIsBeingPutByAnother() throws IOException {
        Artifact slow = new Artifact() {
            @Override
            public String name() {
                return "slow.sql";
            }

            @Override
            public InputStream open() throws IOException {
                put(backend(), "quick.sql");
                assertThat(leftovers()).hasSize(1);
                return new BytesArtifact("slow.sql", CONTENT).open();
            }

            @Override
            public Digest digest() throws IOException {
                return new BytesArtifact("slow.sql", CONTENT).digest();
            }
        };

        try (Storage storage = backend().open()) {
            storage.put("slow.sql", slow);
        }

        assertThat(folder.resolve("slow.sql")).hasBinaryContent(CONTENT);
        assertThat(folder.resolve("quick.sql")).hasBinaryContent(CONTENT);
        assertThat(leftovers()).isEmpty();
    }

    private FileBackend backend() {
        return new FileBackend(folder, true, Verify.AUTO, FileMode.DEFAULT);
    }

    private static void put(FileBackend backend, String name) throws IOException {
        try (Storage storage = backend.open()) {
            storage.put(name, new BytesArtifact(name, CONTENT));
        }
    }

    private void leave(String path) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file.resolveSibling(TemporaryName.of(file.getFileName().toString())), CONTENT);
    }

    private List<Path> leftovers() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> TemporaryName.matches(file.getFileName().toString())).toList();
        }
    }
}
