package io.onedump.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

import io.onedump.artifact.Artifact;
import io.onedump.artifact.Backoff;
import io.onedump.storage.SidecarReading.State;
import org.junit.jupiter.api.Test;

class SidecarsTest {

    private static final Sidecar SIDECAR = new Sidecar("0".repeat(64), "a.sql", Identity.NONE.with("job", "shop"));
    private static final Backoff QUICK = new Backoff(3, Duration.ofMillis(1), Duration.ofMillis(2));

    private final MemoryStorage memory = new MemoryStorage();
    private final Deque<Integer> cuts = new ArrayDeque<>();
    private boolean broken;

    @Test
    void goesOnWhereAReadWasCutShortWithoutAnError() throws Exception {
        keep();
        cuts.add(34);
        cuts.add(5);
        assertThat(read().sidecar()).isEqualTo(SIDECAR);
    }

    @Test
    void saysThatItCannotBeRead() throws Exception {
        keep();
        broken = true;
        assertThat(read().state()).isEqualTo(State.UNREADABLE);
        assertThat(read().problem()).contains("could not be read").contains("connection reset");
    }

    @Test
    void saysThatItIsDamaged() throws Exception {
        keep();
        byte[] bytes = memory.bytes("a.sql.checksum");
        bytes[bytes.length / 2] ^= 1;
        assertThat(read().state()).isEqualTo(State.DAMAGED);
        memory.write("a.sql.checksum", "0".repeat(64) + "  b.sql\n");
        assertThat(read().problem()).contains("it is about 'b.sql'");
        memory.write("a.sql.checksum", new byte[0]);
        assertThat(read().state()).isEqualTo(State.DAMAGED);
    }

    @Test
    void readsNothingOfWhatIsTooLarge() {
        memory.write("a.sql.checksum", new byte[Sidecar.LONGEST + 1]);
        assertThat(read().state()).isEqualTo(State.DAMAGED);
        assertThat(memory.requests()).noneMatch(request -> request.startsWith("get"));
    }

    @Test
    void saysThatThereIsNone() {
        assertThat(read().state()).isEqualTo(State.MISSING);
    }

    private void keep() throws IOException {
        memory.put("a.sql.checksum", SIDECAR.toArtifact());
    }

    private SidecarReading read() {
        return new Sidecars(new Cutting(), QUICK).read("a.sql");
    }

    /** Ends reads early, without any error, or breaks them. */
    private final class Cutting implements Storage {

        @Override
        public InputStream get(String path, long offset) throws IOException {
            try (InputStream in = memory.get(path, offset)) {
                byte[] bytes = cuts.isEmpty() ? in.readAllBytes() : in.readNBytes(cuts.pop());
                return broken ? new Broken() : new ByteArrayInputStream(bytes);
            }
        }

        @Override
        public Optional<StoredObject> stat(String path) {
            return memory.stat(path);
        }

        @Override
        public Receipt put(String path, Artifact artifact) throws IOException {
            return memory.put(path, artifact);
        }

        @Override
        public void list(String prefix, Visitor visitor) throws IOException {
            memory.list(prefix, visitor);
        }

        @Override
        public void delete(String path) {
            memory.delete(path);
        }

        @Override
        public String location(String path) {
            return path;
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }

    private static final class Broken extends InputStream {

        @Override
        public int read() throws IOException {
            throw new IOException("connection reset");
        }
    }

    @Test
    void givesUpAStorageThatFailsAgainAndAgain() throws Exception {
        for (String name : List.of("a", "b", "c", "d")) {
            memory.write(name + "-20260101.sql", "x");
            memory.write(name + "-20260101.sql.checksum", "x");
        }
        broken = true;
        Catalog catalog = new Catalog(new Cutting(),
                io.onedump.storage.retention.NamePattern.below(""), "shop", QUICK);
        org.assertj.core.api.Assertions.assertThatThrownBy(catalog::entries)
                .isInstanceOf(TransientStorageException.class).hasMessageContaining("could not be read");
    }
}
