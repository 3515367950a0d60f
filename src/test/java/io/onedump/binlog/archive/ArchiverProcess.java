package io.onedump.binlog.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Random;

import io.onedump.artifact.Compression;
import io.onedump.artifact.Threads;
import io.onedump.binlog.source.StreamSettings;
import io.onedump.database.mysql.MySqlSettings;
import io.onedump.servers.Executables;

/** An archiver in a process of its own, to be killed. Arguments: port, staging folder, store folder. */
public final class ArchiverProcess {

    private ArchiverProcess() {
    }

    public static void main(String[] arguments) throws IOException {
        Archiver archiver =
                new Archiver(Threads.daemons(), settings(Integer.parseInt(arguments[0]), Path.of(arguments[1])),
                        new FolderStore(Path.of(arguments[2])), Clock.systemUTC(), new Random(), stored -> {
                        });
        archiver.follow();
    }

    /** Small segments and short waits, so that much happens in little time. */
    static ArchiveSettings settings(int port, Path staging) {
        StreamSettings source = new StreamSettings(MySqlSettings.of("127.0.0.1", port, "root", ""), 4711,
                "11111111-2222-3333-4444-555555555555", Duration.ofSeconds(1), false);
        UploadSettings upload = new UploadSettings(Compression.ZSTD, null, Duration.ofMillis(50), 100_000, 10);
        return new ArchiveSettings(source, staging, upload, Duration.ofMillis(20), null, null);
    }

    static ProcessBuilder command(int port, Path staging, Path store) {
        return new ProcessBuilder(Executables.ofJava("java"), "-Xmx64m",
                "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
                ArchiverProcess.class.getName(), Integer.toString(port), staging.toString(), store.toString())
                .redirectErrorStream(true);
    }
}
