package io.onedump.binlog.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Instant;
import java.util.List;

import io.onedump.binlog.event.BinlogName;
import org.junit.jupiter.api.Test;

class FileManifestTest {

    private static final BinlogName FILE = new BinlogName("binlog", 7);
    private static final String DIGEST = "0".repeat(64);

    @Test
    void readsWhatItWrites() throws IOException {
        FileManifest manifest = manifest(FileManifest.State.CLOSED, FILE.next(),
                new Piece("binlog.000007.0000000000-0000000100", 0, 100, 50, DIGEST), new Piece("binlog.000007"
                        + " b", 100, 300, 60, DIGEST));

        assertThat(FileManifest.parse("m", manifest.text())).isEqualTo(manifest);
    }

    @Test
    void keepsAnEmptyServerName() throws IOException {
        FileManifest manifest = manifest(FileManifest.State.OPEN, null);

        assertThat(FileManifest.parse("m", manifest.text()).server()).isEmpty();
    }

    @Test
    void refusesHoles() {
        assertThatThrownBy(() -> manifest(FileManifest.State.OPEN, null, new Piece("a", 0, 100, 1, DIGEST),
                new Piece("b", 101, 200, 1, DIGEST))).hasMessageContaining("a hole in the archive from 100 to 101");
    }

    @Test
    void saysWhichObjectIsNoManifest() {
        assertThatThrownBy(() -> FileManifest.parse("timeline-0001/x.manifest", "<html>"))
                .isInstanceOf(IOException.class).hasMessageContaining("timeline-0001/x.manifest")
                .hasMessageContaining("<html>");
        assertThatThrownBy(() -> FileManifest.parse("m", "onedump-binlog 1\nfile binlog.000001\n"))
                .isInstanceOf(IOException.class);
    }

    private static FileManifest manifest(FileManifest.State state, BinlogName next, Piece... pieces) {
        return new FileManifest(FILE, state, "", "8.0.31", DIGEST, Instant.EPOCH, Instant.ofEpochSecond(60), next,
                List.of(pieces));
    }
}
