package io.onedump.dump;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.onedump.artifact.Source;
import io.onedump.artifact.Threads;
import io.onedump.database.Dsn;
import io.onedump.dump.mysql.Selection;

/** A native dump without rows: what a server has, in the words in which its dumps say it. */
public final class SchemaDump {

    private SchemaDump() {
    }

    /**
     * Writes one.
     *
     * @param database that is dumped without being named; null for all of MySQL or MariaDB, each by its name
     * @param accounts whether those of MySQL or MariaDB are dumped too
     * @param file     does not exist yet; its folder is only this user's
     * @param tell     for what it lacks
     */
    public static void write(Threads threads, Dsn server, String database, boolean accounts, Path file,
            Consumer<String> tell) throws IOException {
        DumperKind kind =
                server.family() == Dsn.Family.POSTGRES ? DumperKind.postgresNative : DumperKind.mysqlNative;
        DumpRequest request = new DumpRequest(kind, server.withDatabase(database), null, List.of(), Duration.ZERO,
                Duration.ZERO).by(
                        new DumpRequest.OfOurOwn(
                                new Selection(server.family() == Dsn.Family.POSTGRES ? null : database, List.of(),
                                        List.of(),
                                        Map.of(), true, false, accounts),
                                1, null, true));
        DumpFactory dump = new DumpFactory(threads, request, null,
                name -> Files.createTempDirectory(file.getParent(), "dump-").resolve(name), tell);
        try (Source source = dump.start(); InputStream bytes = source.stream()) {
            Files.copy(bytes, file);
            source.complete();
        }
    }
}
