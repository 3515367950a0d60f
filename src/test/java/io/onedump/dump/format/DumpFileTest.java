package io.onedump.dump.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.onedump.artifact.ByteRanges;
import io.onedump.docs.Repository;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DumpFileTest {

    private static final DumpIndex.Origin ORIGIN = new DumpIndex.Origin("onedump test", "mariadb", "10.11.1-MariaDB",
            "2026-11-30T07:00:00Z", "one-connection", 1, "binlog.000001:4", null, List.of("shop"), false);

    @TempDir
    private Path folder;
    private Path file;
    private DumpIndex index;

    @BeforeEach
    void write() throws IOException {
        file = folder.resolve("dump.sql.zst");
        try (OutputStream out = Files.newOutputStream(file)) {
            FrameWriter writer = new FrameWriter(out, null);
            List<DumpIndex.Part> parts = new ArrayList<>();
            parts.add(part(DumpIndex.Kind.HEAD, null, writer.frame("-- head\n")));
            parts.add(part(DumpIndex.Kind.TABLE, "t", writer.frame("CREATE TABLE t (a int);\n")));
            List<DumpIndex.Piece> pieces = new ArrayList<>();
            try (FrameCompressor compressor = writer.compressor()) {
                byte[] sql = "INSERT INTO t VALUES (1),(2);\n".getBytes(StandardCharsets.UTF_8);
                pieces.add(new DumpIndex.Piece(compressor.frame(sql, sql.length), 1, 2));
            }
            pieces.add(new DumpIndex.Piece(writer.stream(sql -> {
                sql.write("INSERT INTO t VALUES ".getBytes(StandardCharsets.UTF_8));
                sql.write("(0);\n".getBytes(StandardCharsets.UTF_8));
            }), 0, 1));
            parts.add(part(DumpIndex.Kind.TAIL, null, writer.frame("-- Dump completed\n")));
            DumpIndex.Table table = new DumpIndex.Table("shop", "t", "InnoDB", List.of("a"), "`a`", "", 3,
                    0x8000000000000001L, pieces);
            index = new DumpIndex(ORIGIN, parts, List.of(table));
            writer.finish(index);
        }
    }

    private static DumpIndex.Part part(DumpIndex.Kind kind, String name, int frame) {
        return new DumpIndex.Part(kind, name == null ? null : "shop", name, null, frame);
    }

    @Test
    void givesBackItsIndexAndEachFrameByItself() throws IOException {
        DumpFile dump = DumpFile.open(ByteRanges.of(file));

        assertThat(dump.index()).isEqualTo(index);
        assertThat(text(dump, 3)).isEqualTo("INSERT INTO t VALUES (0);\n");
        assertThat(text(dump, 2)).isEqualTo("INSERT INTO t VALUES (1),(2);\n");
        assertThat(dump.frames()).extracting(Frame::plainSize).containsExactly(8L, 24L, 30L, 26L, 18L);
    }

    @Test
    void isReadByTheProgramZstd() throws Exception {
        assertThat(run("zstd", "-dcq", file.toString())).isEqualTo("-- head\nCREATE TABLE t (a int);\n"
                + "INSERT INTO t VALUES (1),(2);\nINSERT INTO t VALUES (0);\n-- Dump completed\n");
        run("zstd", "-tq", file.toString());
        assertThat(run("zstd", "-l", file.toString())).contains("XXH64");
    }

    @Test
    void isReadByTheReaderInPython() throws Exception {
        String reader = Repository.file("docs/format/read_dump.py").toString();

        assertThat(Files.readAllLines(Path.of(reader))).hasSizeLessThanOrEqualTo(150);
        assertThat(run("python3", reader, "list", file.toString())).isEqualTo("shop.t\t3\t8000000000000001\n");
        assertThat(run("python3", reader, "sql", file.toString(), "shop", "t"))
                .isEqualTo("-- head\nCREATE TABLE t (a int);\nINSERT INTO t VALUES (0);\n"
                        + "INSERT INTO t VALUES (1),(2);\n-- Dump completed\n");
        assertThat(run("python3", reader, "check", file.toString())).isEqualTo("5 frames, all equal\n");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 9, 20, 100, 400})
    void oneThatIsCutOffIsRefused(int missing) throws IOException {
        byte[] whole = Files.readAllBytes(file);

        assertThatThrownBy(() -> open(Arrays.copyOf(whole, whole.length - missing))).isInstanceOf(IOException.class)
                .hasMessageMatching("(?s).*(cut off|no native dump|damaged).*");
    }

    /** Some bits of zstd's headers mean nothing: then what comes is right. */
    @Test
    void noFlippedByteGivesOtherSql() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        String right = everything(whole);
        int refused = 0;
        for (int at = 0; at < whole.length; at++) {
            byte[] flipped = whole.clone();
            flipped[at] ^= 0x04;
            try {
                assertThat(everything(flipped)).as("byte " + at).isEqualTo(right);
            } catch (IOException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(whole.length - 20);
    }

    private static String everything(byte[] bytes) throws IOException {
        DumpFile dump = open(bytes);
        StringBuilder all = new StringBuilder(dump.index().toString());
        for (Frame frame : dump.frames()) {
            all.append(text(dump, frame.number()));
        }
        return all.toString();
    }

    @Test
    void anotherFileIsRefused() {
        assertThatThrownBy(() -> open("-- MySQL dump\n".repeat(20).getBytes(StandardCharsets.UTF_8)))
                .hasMessageContaining("no native dump");
        assertThatThrownBy(() -> open(new byte[0])).hasMessageContaining("no native dump");
    }

    @Test
    void nothingIsWrittenBehindAFrameThatFailed() throws IOException {
        FrameWriter writer = new FrameWriter(new ByteArrayOutputStream(), null);
        assertThatThrownBy(() -> writer.stream(sql -> {
            throw new IOException("the server went away");
        })).hasMessage("the server went away");

        assertThatThrownBy(() -> writer.frame("-- more\n")).hasMessageContaining("an earlier frame");
        assertThatThrownBy(() -> writer.finish(index)).hasMessageContaining("an earlier frame");
    }

    private static DumpFile open(byte[] bytes) throws IOException {
        return DumpFile.open(new ByteRanges() {
            @Override
            public long size() {
                return bytes.length;
            }

            @Override
            public InputStream open(long offset, long length) {
                return new ByteArrayInputStream(bytes, (int) offset, bytes.length - (int) offset);
            }
        });
    }

    private static String text(DumpFile dump, int frame) throws IOException {
        try (InputStream in = dump.sql(dump.frame(frame))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }
}
