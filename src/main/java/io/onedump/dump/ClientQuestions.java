package io.onedump.dump;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.onedump.database.client.ClientLogIn;
import io.onedump.database.client.ClientProgram;
import io.onedump.database.client.ClientPrograms;
import io.onedump.database.client.ClientSession;
import io.onedump.database.mysql.Flavour;
import io.onedump.database.mysql.LogInMethodException;
import io.onedump.database.mysql.MySqlSettings;
import io.onedump.database.mysql.Queries;

/** Lets {@code mariadb} or {@code mysql} ask, where our own connection does not have the account's log-in method. */
final class ClientQuestions {

    private ClientQuestions() {
    }

    /** @throws IOException when there is no such program, or it cannot log in either */
    static Queries open(DumpRequest request, MySqlSettings settings, Scratch scratch, LogInMethodException wanted)
            throws IOException {
        List<String> names = Flavour.ofVersion(wanted.serverVersion()) == Flavour.MARIADB
                ? List.of("mariadb", "mysql")
                : List.of("mysql", "mariadb");
        List<String> candidates = new ArrayList<>();
        if (request.executable() != null && request.executable().contains("/")) {
            // What lies beside the tool came with it.
            names.forEach(name -> candidates.add(Path.of(request.executable()).resolveSibling(name).toString()));
        }
        candidates.addAll(names);
        ClientProgram client = ClientPrograms.findAny(null, candidates);
        ClientLogIn logIn = ClientLogIn.prepare(scratch.path("questions.cnf"), scratch.path("questions-plugins"),
                settings, client, wanted.method());
        try {
            return ClientSession.open(client, logIn);
        } catch (IOException | RuntimeException e) {
            logIn.close();
            throw e;
        }
    }
}
