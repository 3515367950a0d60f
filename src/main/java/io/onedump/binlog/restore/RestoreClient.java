package io.onedump.binlog.restore;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
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
import io.onedump.restore.RestoreException;

/** The family's own client, which executes what is restored, and its log-in. */
final class RestoreClient implements Closeable {

    static final ProcessFailures FAILURES =
            (what, said) -> new RestoreException(what + (said.isEmpty() ? "" : ": " + said));

    private final ClientProgram program;
    private final MySqlSettings target;
    private final ClientLogIn logIn;

    private RestoreClient(ClientProgram program, MySqlSettings target, ClientLogIn logIn) {
        this.program = program;
        this.target = target;
        this.logIn = logIn;
    }

    /** @throws RestoreException when there is none */
    static ClientProgram find(String wanted, List<String> names) throws RestoreException {
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
     * @param folder for the log-in's files
     */
    static RestoreClient logIn(ClientProgram program, MySqlSettings target, Path folder) throws IOException {
        String method;
        try (MySqlSession session = MySqlSession.connect(target)) {
            method = session.logInMethod();
        }
        return new RestoreClient(program, target, ClientLogIn.prepare(folder.resolve("client.cnf"),
                folder.resolve("plugins"), target, program, method));
    }

    ProcessSink start(String subject) throws IOException {
        List<String> arguments =
                List.of(program.executable(), logIn.argument(), "--binary-mode", "--max-allowed-packet=1G");
        return ProcessSink.start(Threads.daemons(),
                Command.of(subject, arguments, FAILURES).withEnvironment(ClientLogIn.environment())
                        .hiding(List.of(target.password())));
    }

    @Override
    public void close() throws IOException {
        logIn.close();
    }
}
