package io.onedump.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompressionTest {

    private static final byte[] TEXT =
            "INSERT INTO t VALUES (1, 'äöü');\n".repeat(20_000).getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {-7, 1, 19})
    void writesWhatZstdReads(int level) throws Exception {
        byte[] compressed = compressed(Compression.ZSTD, level);
        Path file = Files.write(folder.resolve("a.zst"), compressed);
        Path plain = folder.resolve("a");

        int exitCode =
                new ProcessBuilder("zstd", "-dcq", file.toString()).redirectOutput(plain.toFile()).start().waitFor();

        assertThat(exitCode).isZero();
        assertThat(plain).hasBinaryContent(TEXT);
        assertThat(compressed).hasSizeLessThan(TEXT.length / 10);
    }

    @Test
    void writesZstdWithAChecksumThatSeesBrokenBytes() throws Exception {
        byte[] compressed = compressed(Compression.ZSTD, null);
        compressed[compressed.length - 1] ^= 1;
        Path file = Files.write(folder.resolve("a.zst"), compressed);

        assertThat(new ProcessBuilder("zstd", "-tq", file.toString()).redirectErrorStream(true).start().waitFor())
                .isNotZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 6, 9})
    void writesWhatGzipReads(int level) throws IOException {
        byte[] compressed = compressed(Compression.GZIP, level);

        assertThat(new GZIPInputStream(new ByteArrayInputStream(compressed)).readAllBytes()).isEqualTo(TEXT);
    }

    @Test
    void leavesBytesAloneWhenItIsNone() throws IOException {
        assertThat(compressed(Compression.NONE, 17)).isEqualTo(TEXT);
    }

    @ParameterizedTest
    @CsvSource({"ZSTD, 1", "GZIP, 6", "NONE, 0"})
    void hasADefaultLevel(Compression compression, int level) {
        assertThat(compression.level(null)).isEqualTo(level);
    }

    @ParameterizedTest
    @CsvSource({"ZSTD, 20, between -7 and 19, zstd", "ZSTD, -8, between -7 and 19, zstd", "GZIP, 0, between 1 and"
            + " 9, gzip",
            "GZIP, 10, between 1 and 9, gzip"})
    void refusesALevelThatItDoesNotHave(Compression compression, int level, String range, String name) {
        assertThatThrownBy(() -> compression.level(level)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("level " + level).hasMessageContaining(range).hasMessageContaining(name);
    }

    @ParameterizedTest
    @CsvSource({"ZSTD, a.sql, a.sql.zst", "ZSTD, a.sql.zst, a.sql.zst", "GZIP, a.sql, a.sql.gz", "NONE, a.sql, a.sql"})
    void addsItsEndingOnce(Compression compression, String name, String named) {
        assertThat(compression.nameFor(name)).isEqualTo(named);
    }

    @Test
    void isReadInAnyCase() {
        assertThat(Compression.parse("Gzip")).isEqualTo(Compression.GZIP);
        assertThatThrownBy(() -> Compression.parse("lz4")).hasMessageContaining("'lz4'")
                .hasMessageContaining("[none, gzip, zstd]");
    }

    private static byte[] compressed(Compression compression, Integer level) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = compression.compress(bytes, level)) {
            out.write(TEXT);
        }
        return bytes.toByteArray();
    }
}
