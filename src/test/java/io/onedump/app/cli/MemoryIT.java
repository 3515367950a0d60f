package io.onedump.app.cli;

import static io.onedump.app.cli.JobFile.Step.to;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

import io.onedump.encrypt.age.NewIdentity;
import io.onedump.job.ByteCount;
import io.onedump.servers.S3Proxy;
import io.onedump.servers.StubDumper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher's default heap is enough for any size. Prints the peak of the resident memory. The large sizes run with
 * {@code mvn verify -Psoak}.
 */
class MemoryIT {

    private static final String BUCKET = "backups";
    /** A heap of 256 MB, and what a JVM needs besides. */
    private static final long LIMIT = 450_000_000;
    private static final long MB = 1_000_000;

    private static S3Proxy s3;

    private Workspace workspace;

    @BeforeAll
    static void start() {
        s3 = S3Proxy.start("-XX:TieredStopAtLevel=4");
        s3.createBucket(BUCKET);
    }

    @AfterAll
    static void stop() {
        s3.close();
    }

    @BeforeEach
    void open(@TempDir Path folder) {
        workspace = Workspace.in(folder);
    }

    @Test
    void sixHundredMegabytesFitInTheHeap() throws Exception {
        stores(600 * MB, "none");
    }

    @Test
    void sixHundredMegabytesAreSealedInTheHeap() throws Exception {
        stores(600 * MB, "none", to("encrypt", "format", "age", "recipients",
                NewIdentity.generate(Instant.EPOCH).recipient()));
    }

    /** Camel's own executor would hold it. */
    @Test
    void theOutputOfACommandFitsInTheHeap() throws Exception {
        StubDumper command = StubJob.dumper(workspace, "command").printsInserts(600 * MB);
        workspace.job(JobFile.named("shop").then(to("exec", "executable", command.path().toString()))
                .then(to("checksum", "algorithm", "sha256")).inParallel(workspace.keep()));

        Outcome outcome = workspace.onedump("dump").within(Duration.ofMinutes(5)).run();

        assertThat(outcome.exitCode()).as(outcome.everything()).isZero();
    }

    @Test
    @Tag("soak")
    void twentyGigabytesFitInTheHeap() throws Exception {
        stores(20_000 * MB, "zstd");
    }

    @Test
    @Tag("soak")
    void fourGigabytesOfUploadFitInTheHeap() throws Exception {
        stores(4_000 * MB, "none");
    }

    /** Keeps a dump of that many bytes in a folder and in S3 at the same time. */
    private void stores(long bytes, String compression, JobFile.Step... seal) throws Exception {
        // The spool, the file and the object; compressed, such a text is a thousandth of its size.
        long needed = compression.equals("none") ? 4 * bytes : bytes / 10;
        assertThat(workspace.folder().toFile().getUsableSpace()).as("free space").isGreaterThan(needed);
        StubDumper dumper = StubJob.dumper(workspace, "large").printsInserts(bytes).prints(StubDumper.POSTGRES_TRAILER);
        JobFile job = JobFile.named("shop").then(to("dump", "dumper", "pgdump", "executable", dumper.path().toString(),
                "dsn", "postgres://backup@127.0.0.1:1/shop", "compression", compression, "fileName", "shop.sql",
                "spool", String.valueOf(seal.length == 0)));
        for (JobFile.Step step : seal) {
            job = job.then(step);
        }
        workspace.job(
                job.then(to("checksum", "algorithm", "sha256")).inParallel(workspace.keep(), Storages.s3(s3, BUCKET)));
        try (RunningCommand running = workspace.onedump("dump").within(Duration.ofMinutes(15)).start()) {
            long peak = 0;
            while (running.isAlive()) {
                peak = Math.max(peak, peakMemory(running.pid()));
                java.util.concurrent.locks.LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }
            Outcome outcome = running.await();
            assertThat(outcome.exitCode()).as(outcome.everything()).isZero();
            System.out.println(String.format(Locale.ROOT,
                    "%s of dump, compression %s, %ssealed, to a folder and to S3 in"
                            + " %.1f s: peak RSS %s",
                    ByteCount.format(bytes), compression, seal.length == 0 ? "not " : "", outcome.seconds(),
                    ByteCount.format(peak)));
            assertThat(peak).isBetween(1L, LIMIT);
        } finally {
            s3.client().deleteObject(request -> request.bucket(BUCKET).key("shop.sql"));
            s3.client().deleteObject(request -> request.bucket(BUCKET).key("shop.sql.age"));
            s3.client().deleteObject(request -> request.bucket(BUCKET).key("shop.sql.zst"));
        }
    }

    /** The highest that it ever was, in bytes; 0 when the process has ended meanwhile. */
    private static long peakMemory(long pid) {
        try {
            return Files.readAllLines(Path.of("/proc", String.valueOf(pid), "status")).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst().orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }
}
