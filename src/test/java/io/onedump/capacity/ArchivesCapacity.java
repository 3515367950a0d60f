package io.onedump.capacity;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

import io.onedump.servers.BinlogRecording;
import io.onedump.servers.MariaDb;
import io.onedump.servers.MemoryS3;
import io.onedump.servers.ReplayedMySql;

/** One process that follows many servers' binary logs at once; what it keeps is compared with them at the end. */
final class ArchivesCapacity {

    private static final int EVENTS_A_SECOND = 50;
    private static final Duration STEADY = Duration.ofSeconds(60);
    private static final Duration IDLE = Duration.ofSeconds(20);

    private final Path folder;
    private final PrintStream out;
    private final MemoryS3 s3;

    /** @param s3 keeps the archives; null for a folder of this machine */
    ArchivesCapacity(Path folder, PrintStream out, MemoryS3 s3) {
        this.folder = folder;
        this.out = out;
        this.s3 = s3;
    }

    /** @return what is not as it should be */
    List<String> measure(int count) throws IOException, SQLException, InterruptedException {
        BinlogRecording recording = record();
        List<ReplayedMySql> servers = new ArrayList<>();
        Files.createDirectories(folder.resolve("routes"));
        Files.writeString(folder.resolve("application.properties"),
                "onedump.work-directory = " + folder.resolve("work") + "\n");
        for (int i = 0; i < count; i++) {
            // None is where another one is.
            ReplayedMySql server = ReplayedMySql.start(recording, i + 1, recording.events() + 10L * i, EVENTS_A_SECOND);
            server.stopWriting();
            servers.add(server);
            Files.writeString(folder.resolve("routes/archive" + i + ".camel.yaml"), route(i, server.port()));
        }
        long backlog = written(servers);
        out.printf(Locale.ROOT, "%d servers, %.1f MB of log, load %.2f%n", count, backlog / 1e6, Load.now());
        try (ServedProcess serve = ServedProcess.start(folder)) {
            long started = System.nanoTime();
            serve.await("serving all", Duration.ofMinutes(5), () -> serve.logged("serving archive") == count);
            out.printf(Locale.ROOT, "serving all of them after     %8.1f s%n", (System.nanoTime() - started) / 1e9);
            serve.await("catching up", Duration.ofMinutes(10), () -> archived(count) == backlog);
            out.printf(Locale.ROOT, "caught up after               %8.1f s%n", (System.nanoTime() - started) / 1e9);
            print("after catching up", serve.use());
            servers.forEach(ReplayedMySql::goOn);
            long before = servers.stream().mapToLong(ReplayedMySql::written).sum();
            ServedProcess.Use steady = serve.use();
            long requests = requests();
            Thread.sleep(STEADY.toMillis());
            ServedProcess.Use after = serve.use();
            long events = servers.stream().mapToLong(ReplayedMySql::written).sum() - before;
            servers.forEach(ReplayedMySql::stopWriting);
            long end = written(servers);
            print("while they write", after);
            if (s3 != null) {
                out.printf(Locale.ROOT, "requests to S3 while they write %.1f/s%n",
                        (requests() - requests) / after.secondsSince(steady));
            }
            out.printf(Locale.ROOT,
                    "processor while they write    %8.0f %% of a core, %.0f events/s, %.2f MB/s, load %.2f%n",
                    after.percentSince(steady), events / after.secondsSince(steady),
                    (end - backlog) / 1e6 / after.secondsSince(steady), Load.now());
            long asked = System.nanoTime();
            serve.await("archiving the rest", Duration.ofMinutes(1), () -> archived(count) == end);
            out.printf(Locale.ROOT, "the last byte is archived after %6.1f s%n", (System.nanoTime() - asked) / 1e9);
            ServedProcess.Use idle = serve.use();
            Thread.sleep(IDLE.toMillis());
            ServedProcess.Use later = serve.use();
            out.printf(Locale.ROOT, "processor while nobody writes %8.0f %% of a core%n", later.percentSince(idle));
            print("at the end", later);
            if (s3 != null) {
                out.printf(Locale.ROOT, "requests to S3 in all         %8d%n", requests());
            }
        }
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String difference = archive(i).difference(servers.get(i).files());
            if (difference != null) {
                problems.add(difference);
            }
        }
        out.printf(Locale.ROOT, "%d of %d archives have every byte of their server's log, %.1f MB in all%n",
                count - problems.size(), count, written(servers) / 1e6);
        for (ReplayedMySql server : servers) {
            server.close();
        }
        return problems;
    }

    private void print(String when, ServedProcess.Use use) {
        out.printf(Locale.ROOT, "%-30s %7.0f MB resident, peak %.0f MB, %d threads%n", when, use.resident() / 1e3,
                use.peak() / 1e3, use.threads());
    }

    /** What the servers have written, in bytes of their files. */
    private static long written(List<ReplayedMySql> servers) {
        return servers.stream().mapToLong(ReplayedMySql::size).sum();
    }

    private long archived(int count) throws IOException {
        long size = 0;
        for (int i = 0; i < count; i++) {
            size += archive(i).size();
        }
        return size;
    }

    private long requests() {
        return s3 == null ? 0 : s3.count();
    }

    private ArchivedFiles archive(int number) {
        if (s3 == null) {
            return new ArchivedFiles(ArchivedFiles.in(kept(number)));
        }
        String prefix = "archive" + number + "/";
        return new ArchivedFiles(new ArchivedFiles.Objects() {
            @Override
            public List<String> names() {
                return s3.keys(prefix).stream().map(key -> key.substring(prefix.length())).toList();
            }

            @Override
            public byte[] get(String name) {
                return s3.kept(prefix + name);
            }
        });
    }

    private Path kept(int number) {
        return folder.resolve("kept").resolve("archive" + number);
    }

    private String storage(int number) {
        return s3 == null
                ? "storage:file:" + kept(number)
                : "storage:aws2-s3:archives?prefix=archive" + number + "/&accessKey=only-for&secretKey=benchmarks"
                        + "&region=us-east-1&overrideEndpoint=true&forcePathStyle=true&uriEndpointOverride="
                        + s3.endpoint();
    }

    private String route(int number, int port) {
        return """
                - route:
                    id: archive%d
                    group: job
                    from:
                      uri: binlog
                      parameters:
                        operation: archive
                        dsn: mysql://archiver@127.0.0.1:%d
                        tlsMode: DISABLED
                        spoolDirectory: %s
                        storage: %s
                      steps:
                        - log: "${header.CamelFileName}"
                """.formatted(number, port, folder.resolve("spool/archive" + number), storage(number));
    }

    /** A file of a real server: small rows, and now and then a large one. */
    private static BinlogRecording record() throws SQLException, IOException {
        try (MariaDb server = MariaDb.start()) {
            server.execute("RESET MASTER", "CREATE DATABASE shop",
                    "CREATE TABLE shop.orders (id INT PRIMARY KEY AUTO_INCREMENT, note MEDIUMTEXT)");
            Random random = new Random(1);
            try (Connection connection = server.connect("shop");
                    PreparedStatement insert = connection.prepareStatement("INSERT INTO orders (note) VALUES (?)")) {
                for (int i = 0; i < 2500; i++) {
                    insert.setString(1,
                            RowText.of(random, random.nextInt(100) == 0 ? 20_000 : 20 + random.nextInt(300)));
                    insert.execute();
                }
            }
            server.execute("FLUSH BINARY LOGS");
            return BinlogRecording.of(Files.readAllBytes(server.dataDir().resolve("binlog.000001")));
        }
    }
}
