package io.onedump.capacity;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.onedump.servers.StubDumper;

/** One process with many jobs, all of them due at one moment, each a dump by a stub that prints rows of text. */
final class JobsCapacity {

    private static final int BLOCK = 8000;
    private static final int LARGE_BLOCK = 16_000_000;
    private static final Duration IDLE = Duration.ofSeconds(20);
    private static final Pattern SUCCESS = Pattern.compile("^(\\S+Z) .*: succeeded in ");

    private final Path folder;
    private final PrintStream out;
    private final int megabytes;

    /** @param megabytes how large each dump is; 0 for some kilobytes */
    JobsCapacity(Path folder, PrintStream out, int megabytes) {
        this.folder = folder;
        this.out = out;
        this.megabytes = megabytes;
    }

    /** @return what is not as it should be */
    List<String> measure(int count) throws IOException, InterruptedException {
        Path dumper = dumper();
        Files.createDirectories(folder.resolve("routes"));
        Files.writeString(folder.resolve("application.properties"),
                "onedump.work-directory = " + folder.resolve("work") + "\n");
        write(count, dumper, ZonedDateTime.now(ZoneOffset.UTC).minusHours(1));
        out.printf(Locale.ROOT, "%d jobs, load %.2f%n", count, Load.now());
        double start = validate();
        out.printf(Locale.ROOT, "validate                      %8.1f s%n", start);
        // Everything has started by then, on a machine that has more to do than before too.
        ZonedDateTime due = ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(60 + 4 * (long) start)
                .truncatedTo(ChronoUnit.SECONDS);
        write(count, dumper, due);
        try (ServedProcess serve = ServedProcess.start(folder)) {
            long started = System.nanoTime();
            serve.await("serving all", Duration.ofMinutes(5), () -> serve.logged(" serving job") == count);
            out.printf(Locale.ROOT, "serving all of them after     %8.1f s%n", (System.nanoTime() - started) / 1e9);
            ServedProcess.Use idle = serve.use();
            print("before the first run", idle);
            Thread.sleep(IDLE.toMillis());
            ServedProcess.Use waited = serve.use();
            out.printf(Locale.ROOT, "processor while nothing is due %7.1f %% of a core%n", waited.percentSince(idle));
            if (ZonedDateTime.now(ZoneOffset.UTC).isAfter(due)) {
                return List
                        .of("the jobs were due before all were served: the machine is too slow for this measurement");
            }
            Thread.sleep(Duration.between(Instant.now(), due.toInstant()).toMillis());
            ServedProcess.Use before = serve.use();
            serve.await("running all", Duration.ofMinutes(30), () -> serve.logged(": succeeded in ") == count
                    || serve.logged(": FAILED in ") > 0);
            ServedProcess.Use after = serve.use();
            if (serve.logged(": FAILED in ") > 0) {
                return serve.lines(": FAILED in ", 5);
            }
            List<Double> ends = ends(serve.log(), due.toInstant());
            double last = ends.get(ends.size() - 1);
            out.printf(Locale.ROOT, "all due at once: half had run after %.1f s, the last after %.1f s, %.0f a minute,"
                    + " load %.2f%n", ends.get(ends.size() / 2), last, 60 * ends.size() / last, Load.now());
            out.printf(Locale.ROOT, "processor of the process      %8.0f ms a job%n",
                    1000 * (after.processor() - before.processor()) / count);
            if (megabytes > 0) {
                out.printf(Locale.ROOT, "%.1f GB of dumps, %.0f MB/s, %.1f s of the processor a GB%n",
                        count * megabytes / 1e3, count * megabytes / last,
                        (after.processor() - before.processor()) / (count * megabytes / 1e3));
            }
            print("after all runs", after);
        }
        List<Path> kept = kept();
        long bytes = 0;
        for (Path artifact : kept) {
            bytes += Files.size(artifact);
        }
        out.printf(Locale.ROOT, "%d of %d artifacts are kept, %.1f MB%n", kept.size(), count, bytes / 1e6);
        return kept.size() == count ? List.of() : List.of(count - kept.size() + " jobs have kept nothing");
    }

    private Path dumper() throws IOException {
        Path script = folder.resolve("dumper");
        Path block = folder.resolve("block.sql");
        int size = megabytes == 0 ? BLOCK : LARGE_BLOCK;
        Files.writeString(block, RowText.of(new Random(1), size));
        long blocks = Math.max(1, Math.round(megabytes * 1e6 / size));
        Path trailer = Files.writeString(folder.resolve("trailer.sql"), StubDumper.POSTGRES_TRAILER);
        Files.writeString(script, "#!/bin/sh\ni=0\nwhile [ $i -lt " + blocks + " ]; do cat '" + block
                + "'; i=$((i + 1)); done\ncat '" + trailer + "'\n");
        if (!script.toFile().setExecutable(true)) {
            throw new IOException("cannot make " + script + " executable");
        }
        return script;
    }

    private double validate() throws IOException, InterruptedException {
        long started = System.nanoTime();
        Path log = folder.resolve("validate.log");
        Process validate = ServedProcess.command(folder, "validate").redirectErrorStream(true)
                .redirectOutput(log.toFile()).start();
        if (validate.waitFor() != 0) {
            throw new IllegalStateException(Files.readString(log));
        }
        return (System.nanoTime() - started) / 1e9;
    }

    private void print(String when, ServedProcess.Use use) {
        out.printf(Locale.ROOT, "%-30s %7.0f MB resident, peak %.0f MB, %d threads%n", when, use.resident() / 1e3,
                use.peak() / 1e3, use.threads());
    }

    /** Seconds from a moment to the end of each run, the earliest first. */
    private static List<Double> ends(Path log, Instant from) throws IOException {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.map(SUCCESS::matcher).filter(Matcher::find)
                    .map(line -> Duration.between(from, Instant.parse(line.group(1))).toMillis() / 1e3).sorted()
                    .toList();
        }
    }

    private List<Path> kept() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("kept"))) {
            return files.filter(file -> file.getFileName().toString().endsWith(".sql.zst")).toList();
        }
    }

    private void write(int count, Path dumper, ZonedDateTime due) throws IOException {
        for (int i = 0; i < count; i++) {
            Files.writeString(folder.resolve("routes/job" + i + ".camel.yaml"), """
                    - route:
                        id: job%1$d
                        description: Dump a database and keep it in a folder of its own.
                        from:
                          uri: quartz
                          parameters:
                            groupName: nightly
                            triggerName: job%1$d
                            cron: "%2$d %3$d %4$d * * ?"
                            trigger.timeZone: UTC
                            stateful: true
                          steps:
                            - to:
                                uri: dump
                                parameters:
                                  dumper: pgdump
                                  executable: %5$s
                                  dsn: postgres://backup@127.0.0.1:1/shop%1$d
                                  fileName: shop%1$d.sql
                            - to:
                                uri: checksum:sha256
                            - to:
                                uri: storage
                                parameters:
                                  delegate: file:%6$s
                    """.formatted(i, due.getSecond(), due.getMinute(), due.getHour(), dumper,
                    folder.resolve("kept/job" + i)));
        }
    }
}
