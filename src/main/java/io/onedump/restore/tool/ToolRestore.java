package io.onedump.restore.tool;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.onedump.artifact.Compression;
import io.onedump.artifact.process.ProcessSink;
import io.onedump.database.Dsn;
import io.onedump.database.MySqlDsn;
import io.onedump.database.client.ClientProgram;
import io.onedump.database.mysql.MySqlSession;
import io.onedump.database.mysql.MySqlSettings;
import io.onedump.database.mysql.Sql;
import io.onedump.database.mysql.TlsMode;
import io.onedump.restore.choice.RestoreChoice;
import io.onedump.restore.choice.RestoreException;
import io.onedump.restore.choice.RestoreResult;

/**
 * Has the database's own client load a tool's dump, as a whole: it says neither where a table lies nor what its
 * rows were.
 *
 * @param name the dump's, for messages
 * @param tls  of a MySQL or MariaDB server, null for what the DSN says
 * @param work this process's own folder
 */
public record ToolRestore(String name, ToolDump kind, RestoreChoice choice, Dsn target, TlsMode tls, String client,
        Path work) {

    /** What would be done, for people. */
    public List<String> plan() throws IOException {
        check();
        return List.of("dump      of " + kind.tool() + ", as a whole", "target    " + target.display());
    }

    /** @param file the dump */
    public RestoreResult run(Path file) throws IOException {
        check();
        try (InputStream stored = new BufferedInputStream(Files.newInputStream(file));
                ScriptClient program = client(Files.createTempDirectory(work, "client-"))) {
            ScriptLoader.load(name, Compression.ofContent(stored).decompress(stored), program);
        }
        return RestoreResult.ofWhole(
                List.of("a dump of " + kind.tool() + " does not say what its rows were: nothing was compared"));
    }

    private void check() throws IOException {
        if (choice.isOfTables() || !choice.databases().isEmpty() || !choice.schema() || !choice.data()
                || choice.into() != null || choice.definer() != null) {
            throw new RestoreException(name + " is a dump of " + kind.tool() + ", which comes back as a whole: parts,"
                    + " other names and definers take a native dump (dump:mysql-native)");
        }
        boolean postgres = target.family() == Dsn.Family.POSTGRES;
        if (postgres != kind.isPostgres()) {
            throw new RestoreException(name + " is a dump of " + kind.tool() + ", and the target's DSN names a server"
                    + " of another kind");
        }
        if (kind != ToolDump.POSTGRES_CLUSTER && target.database() == null && postgres) {
            throw new RestoreException("the target's DSN names no database, and the dump makes none: create one and"
                    + " name it");
        }
        if (!postgres && target.database() != null && !choice.replace()) {
            refuseTables();
        }
    }

    private void refuseTables() throws IOException {
        try (MySqlSession session = MySqlSession.connect(settings())) {
            String there = session.query("SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = "
                    + Sql.text(target.database())).get(0).get(0);
            if (!there.equals("0")) {
                throw new RestoreException("the database " + target.database() + " of the target has " + there
                        + " tables: --replace lets the dump replace those that it has too");
            }
        }
    }

    private MySqlSettings settings() {
        return MySqlDsn.settings(target, tls, null, TlsMode.PREFERRED);
    }

    private ScriptClient client(Path folder) throws IOException {
        ScriptClient program = kind.isPostgres()
                ? PostgresClient.logIn(kind, client, target, folder)
                : mySql(folder);
        return new InFolder(program, folder);
    }

    private ScriptClient mySql(Path folder) throws IOException {
        ClientProgram program = MySqlClient.find(client, List.of("mariadb", "mysql"));
        return MySqlClient.logIn(program, settings(), folder, target.database());
    }

    /** Removes the folder of the log-in's files with the client. */
    private record InFolder(ScriptClient client, Path folder) implements ScriptClient, Closeable {

        @Override
        public ProcessSink start(String subject) throws IOException {
            return client.start(subject);
        }

        @Override
        public RestoreException explained(RestoreException failure, long longestLine) {
            return client.explained(failure, longestLine);
        }

        @Override
        public void close() throws IOException {
            client.close();
            Files.deleteIfExists(folder);
        }
    }
}
