package io.onedump.dump.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.onedump.artifact.Threads;
import io.onedump.database.postgres.PgSettings;
import io.onedump.database.postgres.PgTls;
import io.onedump.servers.Postgres;

/** Dumps of a test's server, without a route around them. */
public final class PgDumps {

    private PgDumps() {
    }

    public static PgSettings settings(Postgres server, String database) {
        return new PgSettings(server.host(), server.port(), null, null, server.user(), null, database,
                new PgTls(PgTls.Mode.DISABLE, null, null, null), null, "onedump", Duration.ofSeconds(10),
                Duration.ofSeconds(60));
    }

    public static Path dump(Postgres server, String database, Path file, int parallel) throws IOException {
        PgSelection selection = new PgSelection(List.of(), List.of(), Map.of(), true, true, true);
        PostgresDump dump = new PostgresDump(Threads.daemons(), settings(server, database), selection, parallel, null,
                "onedump test", new Schema(server, database), what -> {
                });
        try (OutputStream out = Files.newOutputStream(file)) {
            dump.writeTo(out);
        } finally {
            dump.close();
        }
        return file;
    }

    private record Schema(Postgres server, String database) implements Ddl {

        @Override
        public String read(String section, String snapshot, List<String> excluded) throws IOException {
            List<String> words = new ArrayList<>(List.of(server.binary("pg_dump").toString(), "--verbose", "-B",
                    "--section=" + section, "--snapshot=" + snapshot, "--host=" + server.host(),
                    "--port=" + server.port(), "--username=" + server.user(), database));
            excluded.forEach(pattern -> words.add("--exclude-table=" + pattern));
            Process process =
                    new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.DISCARD).start();
            try (InputStream out = process.getInputStream()) {
                return new String(out.readAllBytes(), StandardCharsets.UTF_8);
            }
        }

        @Override
        public void close() {
            // It has ended.
        }
    }
}
