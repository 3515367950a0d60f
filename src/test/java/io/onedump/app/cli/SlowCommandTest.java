package io.onedump.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;

import io.onedump.artifact.Compression;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class SlowCommandTest {

    private static final String SAMPLES = "src/test/resources/slowlogs/server-generated/";
    private static final String SMALL = SAMPLES + "mysql80-nidx.log";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private OutputStream target = out;
    private final StringWriter err = new StringWriter();
    private byte[] in = {};

    @TempDir
    private Path folder;

    private int run(String... args) {
        Clock clock = Clock.fixed(Instant.parse("2026-11-23T04:00:00Z"), ZoneOffset.UTC);
        SlowCommand command = new SlowCommand(new ByteArrayInputStream(in), target, clock);
        return new CommandLine(command).setErr(new PrintWriter(err, true)).execute(args);
    }

    private String text() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void digestsAFile() {
        assertThat(run(SMALL)).isZero();
        assertThat(text()).contains("# Overall: 4 total, 2 unique");
    }

    @Test
    void digestsAFolderByAPattern() throws IOException {
        Files.copy(Path.of(SMALL), folder.resolve("a-slow.log"));
        Files.copy(Path.of(SMALL), folder.resolve("b-slow.log.1"));
        Files.writeString(folder.resolve("error.log"), "not slow");
        assertThat(run("--glob", "*slow.log*", folder.toString())).isZero();
        assertThat(text()).contains("# Overall: 8 total, 2 unique");
    }

    @Test
    void digestsStandardInput() throws IOException {
        in = Files.readAllBytes(Path.of(SAMPLES + "derived-mysql80-plain.log.gz"));
        assertThat(run()).isZero();
        assertThat(text()).contains("# Overall: 102 total");
    }

    @ParameterizedTest
    @CsvSource({"--user app, 3", "--user nobody, 0", "--db shop, 4", "--db other, 0", "--host localhost, 3",
            "--min-time 0.003, 2", "--since 2026-11-23T03:55:00Z, 2", "--until 2026-11-23T03:55:00Z, 2",
            "--since 5m, 2",
            "--since 2026-11-23, 4"})
    void takesOnlyTheEventsThatWereAskedFor(String filter, int events) {
        String[] option = filter.split(" ");
        assertThat(run("--events", option[0], option[1], SMALL)).isZero();
        assertThat(text().lines()).hasSize(events);
    }

    @Test
    void keepsLiteralsOutOfEventsToo() {
        assertThat(run("--events", "--no-samples", SMALL)).isZero();
        assertThat(text()).contains("select * from orders where total = ?").doesNotContain("99.5");
    }

    @Test
    void printsFingerprints() {
        in = "SELECT 1\0select 'a;b' from t;\0".getBytes(StandardCharsets.UTF_8);
        assertThat(run("--fingerprint")).isZero();
        assertThat(text()).isEqualTo("select ?\0select ? from t\0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "json", "html", "markdown"})
    void writesEveryFormatToAFile(String format) throws IOException {
        Path report = folder.resolve("report");
        assertThat(run("--format", format, "--output", report.toString(), SMALL)).isZero();
        assertThat(Files.readString(report)).contains("orders");
        assertThat(text()).isEmpty();
    }

    @Test
    void sortsOutWrongArgumentsBeforeItReads() {
        assertThat(run("--limit", "some", SMALL)).isEqualTo(1);
        assertThat(run("--order-by", "count:often", SMALL)).isEqualTo(1);
        assertThat(run("--format", "pdf", SMALL)).isEqualTo(1);
        assertThat(run("--since", "yesterday", SMALL)).isEqualTo(1);
        assertThat(run("--since", "1h", "--until", "2h", SMALL)).isEqualTo(1);
        assertThat(run("--readers", "0", SMALL)).isEqualTo(1);
        assertThat(err.toString()).contains("'some' is not a limit", "use text, json, html or markdown");
        assertThat(text()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"missing.log | no such file; SHOW VARIABLES",
            "nowhere/slow.log | no such file; SHOW VARIABLES", "slow*.log | no such file; a pattern is for the files",
            "a.log/slow.log | cannot be read: Not a directory", "cut.gz | ends too early", "broken.gz | is damaged",
            "cut.zst | is damaged or ends too early"})
    void saysWhatIsWrongWithAFile(String name, String problem) throws IOException {
        byte[] packed = Files.readAllBytes(Path.of(SAMPLES + "derived-mysql80-plain.log.gz"));
        Files.write(folder.resolve("cut.gz"), Arrays.copyOf(packed, 5000));
        Arrays.fill(packed, 3000, 4000, (byte) 7);
        Files.write(folder.resolve("broken.gz"), packed);
        ByteArrayOutputStream zstd = new ByteArrayOutputStream();
        try (OutputStream compressed = Compression.ZSTD.compress(zstd, 1)) {
            compressed.write(Files.readAllBytes(Path.of(SMALL)));
        }
        Files.write(folder.resolve("cut.zst"), Arrays.copyOf(zstd.toByteArray(), zstd.size() / 2));
        Files.copy(Path.of(SMALL), folder.resolve("a.log"));

        assertThat(run(folder.resolve(name).toString(), SMALL)).isEqualTo(2);
        assertThat(err.toString()).startsWith("onedump slow: " + folder.resolve(name) + ": " + problem);
        assertThat(text()).contains("# Overall: ");
    }

    @Test
    void saysThatAFolderCannotBeRead() throws IOException {
        assertThat(run("--glob", "[", folder.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("'[' is no pattern for files");
    }

    @Test
    void namesTheFirstFilesOfManyAndCountsTheRest() throws IOException {
        for (int i = 100; i < 150; i++) {
            Files.copy(Path.of(SMALL), folder.resolve("slow-" + i + ".log"));
        }
        assertThat(run(folder.toString())).isZero();
        assertThat(text().lines().filter(line -> line.startsWith("# File: "))).hasSize(21)
                .last().asString().isEqualTo("# File: and 30 more");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--events", "--format=text"})
    void failsWhenNothingCanBeRead(String mode) throws IOException {
        Path general = Files.writeString(folder.resolve("general.log"), "a line\nof some other log\n");
        assertThat(run(mode, folder.resolve("missing.log").toString())).isEqualTo(2);
        assertThat(run(mode, general.toString())).isEqualTo(2);
        assertThat(run(mode, "--glob", "*.slow", folder.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("missing.log: no such file", "general.log: not a slow query log",
                "has no file that matches *.slow");
        assertThat(text()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--events", "--format=text", "--fingerprint"})
    void failsWhenTheOutputCannotBeWritten(String mode) {
        in = new byte[100_000];
        target = failing("No space left on device");
        assertThat(run(mode, SMALL)).isEqualTo(2);
        assertThat(err.toString()).isEqualToIgnoringNewLines(
                "onedump slow: cannot write standard output: No space left on device");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--events", "--format=text"})
    void endsQuietlyWhenWhoReadsItsOutputHasReadEnough(String mode) {
        target = failing("Broken pipe");
        assertThat(run(mode, SAMPLES + "mysql80-plain.log", SMALL)).isEqualTo(141);
        assertThat(err.toString()).isEmpty();
    }

    private static OutputStream failing(String reason) {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(reason);
            }
        };
    }

    @Test
    void saysWhyAFileCannotBeWrittenAndKeepsAnEarlierReport() throws IOException {
        assertThat(run("--output", folder.resolve("none/report").toString(), SMALL)).isEqualTo(2);
        assertThat(err.toString()).contains("cannot write " + folder.resolve("none/report") + ": there is no such"
                + " folder");
        Path report = Files.writeString(folder.resolve("report"), "yesterday's");
        assertThat(run("--output", report.toString(), folder.resolve("missing.log").toString())).isEqualTo(2);
        assertThat(report).hasContent("yesterday's");
    }

    @Test
    void reportsWhatCameBeforeTheDamageOfAPackedLog() throws IOException {
        for (Compression compression : List.of(Compression.GZIP, Compression.ZSTD)) {
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (OutputStream to = compression.compress(packed, null)) {
                to.write(Files.readAllBytes(Path.of(SAMPLES + "mysql80-extra.log")));
            }
            Path log = folder.resolve(compression + ".log");
            Files.write(log, Arrays.copyOf(packed.toByteArray(), packed.size() * 2 / 3));
            assertThat(run(log.toString())).isEqualTo(2);
            assertThat(text()).contains("# FAILED: " + log);
            assertThat(err.toString()).contains(log + ": ", "what came before counts");
        }
    }

    @Test
    void reportsWhatCouldBeReadAndFailsForTheRest() {
        assertThat(run(SMALL, folder.resolve("missing.log").toString())).isEqualTo(2);
        assertThat(text()).contains("# Overall: 4 total", "# FAILED:");
        assertThat(err.toString()).contains("missing.log");
    }

    @Test
    void anEmptyLogIsAnEmptyDigest() throws IOException {
        assertThat(run(Files.createFile(folder.resolve("empty.log")).toString())).isZero();
        assertThat(text()).contains("# Overall: 0 total");
    }

    @Test
    void comparesWithAnEarlierDigest() {
        String earlier = folder.resolve("before.json").toString();
        assertThat(run("--format", "json", "--output", earlier, SMALL)).isZero();
        assertThat(run("--compare", earlier, SAMPLES + "mysql80-plain.log")).isZero();
        assertThat(text()).contains("# Compared with before.json", "# New:");
        assertThat(run("--compare", folder.resolve("missing.json").toString(), SMALL)).isEqualTo(2);
    }
}
