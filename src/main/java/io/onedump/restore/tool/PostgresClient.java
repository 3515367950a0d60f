package io.onedump.restore.tool;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.onedump.artifact.PrivateFolder;
import io.onedump.artifact.Threads;
import io.onedump.artifact.process.ChildEnvironment;
import io.onedump.artifact.process.Command;
import io.onedump.artifact.process.ProcessSink;
import io.onedump.database.Dsn;
import io.onedump.database.PostgresDsn;
import io.onedump.database.client.ClientPrograms;
import io.onedump.restore.choice.RestoreException;

/**
 * {@code psql} or {@code pg_restore}. Everything but a whole cluster comes in one transaction, so that a failure leaves
 * nothing (PostgreSQL manual, psql and pg_restore, {@code --single-transaction}).
 */
public final class PostgresClient implements ScriptClient {

    private final List<String> arguments;
    private final Dsn target;
    private final Path passwords;

    private PostgresClient(List<String> arguments, Dsn target, Path passwords) {
        this.arguments = arguments;
        this.target = target;
        this.passwords = passwords;
    }

    /**
     * @param program path or name, or null to look for it
     * @param folder  for the password's file, which does not exist yet
     */
    public static PostgresClient logIn(ToolDump kind, String program, Dsn target, Path folder) throws IOException {
        String name = kind == ToolDump.POSTGRES_ARCHIVE ? "pg_restore" : "psql";
        String executable = ClientPrograms.find(program, List.of(name)).orElseThrow(() -> new RestoreException("no "
                + (program == null ? name + " was found on the PATH" : program) + ": install PostgreSQL's client tools"
                + " or name it with --client"));
        List<String> arguments = new ArrayList<>(List.of(executable, "--no-password"));
        if (kind == ToolDump.POSTGRES_ARCHIVE) {
            arguments.addAll(List.of("--exit-on-error", "--single-transaction"));
        } else {
            arguments.addAll(List.of("--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1"));
            if (kind != ToolDump.POSTGRES_CLUSTER) {
                arguments.add("--single-transaction");
            }
        }
        Dsn database = target.database() == null ? target.withDatabase("postgres") : target;
        arguments.add("--dbname=" + PostgresDsn.connectionString(database, null));
        return new PostgresClient(arguments, target, passwords(target, folder));
    }

    private static Path passwords(Dsn target, Path folder) throws IOException {
        if (target.password() == null) {
            return null;
        }
        Path file = folder.resolve("pgpass");
        try (var channel = Files.newByteChannel(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PrivateFolder.ownFile()); var out = Channels.newOutputStream(channel)) {
            out.write(PostgresDsn.passwordLine(target).getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }

    @Override
    public ProcessSink start(String subject) throws IOException {
        Map<String, String> environment = passwords == null ? Map.of() : Map.of("PGPASSFILE", passwords.toString());
        return ProcessSink.start(Threads.daemons(), Command.of(subject, arguments, FAILURES)
                .withEnvironment(ChildEnvironment.of(List.of(), environment))
                .hiding(Collections.singletonList(target.password())));
    }

    /** It says so itself. */
    @Override
    public RestoreException explained(RestoreException failure, long longestLine) {
        return failure;
    }

    @Override
    public void close() throws IOException {
        if (passwords != null) {
            Files.deleteIfExists(passwords);
        }
    }
}
