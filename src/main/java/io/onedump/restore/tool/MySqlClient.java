package io.onedump.restore.tool;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.onedump.artifact.Threads;
import io.onedump.artifact.process.Command;
import io.onedump.artifact.process.ProcessFailures;
import io.onedump.artifact.process.ProcessSink;
import io.onedump.database.client.ClientLogIn;
import io.onedump.database.client.ClientProgram;
import io.onedump.database.client.ClientPrograms;
import io.onedump.database.mysql.MySqlSession;
import io.onedump.database.mysql.MySqlSettings;
import io.onedump.restore.choice.RestoreException;

/** The family's own client and its log-in. */
public final class MySqlClient implements ScriptClient {

    /** MariaDB's client repeats the statement that failed, which may be megabytes of somebody's rows. */
    private static final ProcessFailures WITHOUT_ROWS = (what, said) -> FAILURES.failed(what,
            said.replaceAll("(?s)-{14} \\| .*? \\| -{14} \\| ", ""));

    private final ClientProgram program;
    private final MySqlSettings target;
    private final ClientLogIn logIn;
    private final String database;

    private MySqlClient(ClientProgram program, MySqlSettings target, ClientLogIn logIn, String database) {
        this.program = program;
        this.target = target;
        this.logIn = logIn;
        this.database = database;
    }

    /** @throws RestoreException when there is none */
    public static ClientProgram find(String wanted, List<String> names) throws RestoreException {
        try {
            return ClientPrograms.findAny(wanted, names);
        } catch (IOException e) {
            throw new RestoreException(e.getMessage() + "; or restore with the engine 'replica', which needs no tools",
                    e);
        }
    }

    /**
     * Looks first whether the target is as safe as it has to be.
     *
     * @param folder   for the log-in's files
     * @param database to be in, or null
     */
    public static MySqlClient logIn(ClientProgram program, MySqlSettings target, Path folder, String database)
            throws IOException {
        String method;
        try (MySqlSession session = MySqlSession.connect(target)) {
            method = session.logInMethod();
        }
        return new MySqlClient(program, target, ClientLogIn.prepare(folder.resolve("client.cnf"),
                folder.resolve("plugins"), target, program, method), database);
    }

    @Override
    public ProcessSink start(String subject) throws IOException {
        return start(subject, List.of());
    }

    /** @param more of the program's options */
    public ProcessSink start(String subject, List<String> more) throws IOException {
        List<String> arguments = new ArrayList<>(
                List.of(program.executable(), logIn.argument(), "--binary-mode", "--max-allowed-packet=1G"));
        arguments.addAll(more);
        if (database != null) {
            arguments.add("--database=" + database);
        }
        return ProcessSink.start(Threads.daemons(),
                Command.of(subject, arguments, WITHOUT_ROWS).withEnvironment(ClientLogIn.environment())
                        .hiding(List.of(target.password())));
    }

    /** A server that gets a longer statement than it takes hangs up, of which the client says only that it has. */
    @Override
    public RestoreException explained(RestoreException failure, long longestLine) {
        try (MySqlSession session = MySqlSession.connect(target)) {
            long packet = Long.parseLong(session.query("SELECT @@global.max_allowed_packet").get(0).get(0));
            return longestLine < packet
                    ? failure
                    : new RestoreException(failure.getMessage() + "; the target takes statements of at most " + packet
                            + " bytes, and the dump has one of " + longestLine
                            + ": SET GLOBAL max_allowed_packet = 1073741824 there", failure);
        } catch (IOException | NumberFormatException e) {
            failure.addSuppressed(e);
            return failure;
        }
    }

    @Override
    public void close() throws IOException {
        logIn.close();
    }
}
