package io.onedump.binlog.archive;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import io.onedump.artifact.Compression;
import io.onedump.artifact.Threads;
import io.onedump.binlog.source.StreamSettings;
import io.onedump.database.mysql.MySqlSettings;
import io.onedump.servers.BinlogRecording;
import io.onedump.servers.ReplayedMySql;

/** Servers in this process that write the same events under names of their own, and archivers of theirs. */
final class ArchivedServers implements Closeable {

    private final BinlogRecording recording = BinlogRecording.of(MadeEvents.closedFile());
    private final List<ReplayedMySql> servers = new ArrayList<>();
    private final Path root;

    ArchivedServers(Path root) {
        this.root = root;
    }

    /** A server of that number that has written some events and writes no more. */
    ReplayedMySql server(int number, long events) throws IOException {
        ReplayedMySql server = ReplayedMySql.start(recording, number, events, 0);
        server.stopWriting();
        servers.add(server);
        return server;
    }

    static MySqlSettings settings(int port) {
        return MySqlSettings.of("127.0.0.1", port, "archiver", "");
    }

    Archiver archiver(int port, String spool, ArchiveStore store) throws IOException {
        StreamSettings source = new StreamSettings(settings(port), 4711, "11111111-2222-3333-4444-555555555555",
                Duration.ofSeconds(5), false);
        UploadSettings upload = new UploadSettings(Compression.ZSTD, null, Duration.ofMillis(100), 16 << 20, 2);
        return new Archiver(Threads.daemons(), new ArchiveSettings(source, root.resolve(spool), upload,
                Duration.ofMillis(200), null, null), store, Clock.systemUTC(), new Random(1), stored -> {
                });
    }

    ArchiveRun sync(ReplayedMySql server, String spool, ArchiveStore store) throws IOException {
        try (Archiver archiver = archiver(server.port(), spool, store)) {
            return archiver.sync();
        }
    }

    @Override
    public void close() throws IOException {
        for (ReplayedMySql server : servers) {
            server.close();
        }
    }
}
