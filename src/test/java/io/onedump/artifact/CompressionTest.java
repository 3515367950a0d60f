package io.onedump.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
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
    @CsvSource({"ZSTD, a.sql, a.sql.zst", "ZSTD, a.sql.zst, a.sql.zst", "GZIP, a.sql, a.sql.gz", "GZIP, a.GZ, a.GZ",
            "NONE, a.sql, a.sql"})
    void addsItsEndingOnce(Compression compression, String name, String named) {
        assertThat(compression.nameFor(name)).isEqualTo(named);
    }

    @ParameterizedTest
    @CsvSource({"a.sql.gz, GZIP", "A.SQL.GZ, GZIP", "a.sql.gzip, GZIP", "a.zst, ZSTD", "A.ZST, ZSTD", "a.zstd, ZSTD",
            "a.sql, NONE", "gz, NONE", "a.zst.age, NONE"})
    void isKnownByAName(String name, Compression compression) {
        assertThat(Compression.ofName(name)).isEqualTo(compression);
    }

    @ParameterizedTest
    @EnumSource
    void isKnownByItsFirstBytes(Compression compression) throws IOException {
        InputStream in = new BufferedInputStream(new ByteArrayInputStream(compressed(compression, null)));

        assertThat(Compression.ofContent(in)).isEqualTo(compression);
        assertThat(compression.decompress(in).readAllBytes()).isEqualTo(TEXT);
    }

    @Test
    void isNoneOfLessBytesThanAnyHas() throws IOException {
        assertThat(Compression.ofContent(new ByteArrayInputStream(new byte[] {0x1f}))).isEqualTo(Compression.NONE);
    }

    @ParameterizedTest
    @EnumSource(names = {"GZIP", "ZSTD"})
    void readsAllMembersOfAStreamThatNeverSaysWhatItHasAtHand(Compression compression) throws IOException {
        byte[] member = compressed(compression, null);
        ByteArrayOutputStream two = new ByteArrayOutputStream();
        two.write(member);
        two.write(member);
        InputStream slow = new FilterInputStream(new ByteArrayInputStream(two.toByteArray())) {
            @Override
            public int available() {
                return 0;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                return super.read(bytes, offset, Math.min(length, member.length));
            }
        };

        assertThat(compression.decompress(slow).readAllBytes()).hasSize(2 * TEXT.length);
    }

    @ParameterizedTest
    @EnumSource(names = {"GZIP", "ZSTD"})
    void failsOnBytesThatEndTooEarly(Compression compression) throws IOException {
        byte[] whole = compressed(compression, null);
        InputStream cut = compression.decompress(new ByteArrayInputStream(whole, 0, whole.length - 5));

        assertThatThrownBy(cut::readAllBytes).isInstanceOf(IOException.class);
    }

    @Test
    void readsZstdThatBeginsWithASkippableFrame() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(new byte[] {0x50, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, 7, 7});
        bytes.write(compressed(Compression.ZSTD, null));
        InputStream in = new ByteArrayInputStream(bytes.toByteArray());

        assertThat(Compression.ofContent(in).decompress(in).readAllBytes()).isEqualTo(TEXT);
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
