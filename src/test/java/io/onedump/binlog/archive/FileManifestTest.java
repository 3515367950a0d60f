package io.onedump.binlog.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Instant;
import java.util.List;

import io.onedump.binlog.event.BinlogName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    void noticesThatItIsDamaged() throws IOException {
        String text = manifest(FileManifest.State.CLOSED, FILE.next(),
                new Piece("binlog.000007.zst", 0, 100, 50, DIGEST)).text();

        for (int i = 0; i < text.length(); i++) {
            String damaged = text.substring(0, i) + (char) (text.charAt(i) ^ 1) + text.substring(i + 1);
            assertThatThrownBy(() -> FileManifest.parse("m", damaged)).as("byte %s", i)
                    .isInstanceOf(IOException.class);
        }
        for (int i = 1; i < text.length(); i++) {
            String cut = text.substring(0, i);
            assertThatThrownBy(() -> FileManifest.parse("m", cut)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void readsWhatOlderVersionsWrote() throws IOException {
        FileManifest manifest = manifest(FileManifest.State.CLOSED, FILE.next(),
                new Piece("binlog.000007.zst", 0, 100, 50, DIGEST));

        assertThat(FileManifest.parse("m", manifest.text().replaceFirst("crc32 .*\n", ""))).isEqualTo(manifest);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../binlog.000007.zst", "binlog.000007/../../x", "timeline-0002/binlog.000007.zst",
            "binlog.000008.zst", "binlog.000007\\..\\x"})
    void refusesNamesThatLeadElsewhere(String object) {
        String text = manifest(FileManifest.State.OPEN, null, new Piece(object, 0, 100, 50, DIGEST)).text();

        assertThatThrownBy(() -> FileManifest.parse("m", text)).isInstanceOf(IOException.class)
                .hasMessageContaining("no part of binlog.000007");
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
