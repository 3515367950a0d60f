package io.onedump.dump;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import io.onedump.artifact.LocalNeeds.Lack;
import io.onedump.artifact.Source;
import io.onedump.artifact.Threads;
import io.onedump.artifact.process.Command;
import io.onedump.artifact.process.Completion;
import io.onedump.artifact.process.ProcessSource;
import io.onedump.artifact.process.ProgramPath;
import io.onedump.database.NamedFiles;
import io.onedump.database.client.ClientLogIn;
import io.onedump.database.client.ClientProgram;
import io.onedump.database.client.ClientPrograms;
import io.onedump.database.mysql.MySqlSettings;

/** {@code mysqldump} and {@code mariadb-dump}. Account and address go through an options file. */
final class MySqlDumper implements Dumper {

    private static final List<String> ELSEWHERE = List.of("-r", "--result-file", "-T", "--tab");
    private static final List<String> NO_TRAILER = List.of("--comments", "--compact");
    private static final List<String> CONNECTION =
            List.of("-p", "--password", "--password1", "--password2", "--password3", "-u", "--user", "-h", "--host",
                    "-P", "--port", "-S", "--socket", "--protocol", "--defaults-file", "--defaults-extra-file",
                    "--no-defaults", "--login-path");
    private static final List<String> ENCRYPTION =
            List.of("--ssl", "--ssl-mode", "--ssl-ca", "--ssl-capath", "--ssl-cipher", "--ssl-verify-server-cert");
    private static final List<String> OTHER_SNAPSHOTS =
            List.of("--single-transaction", "-x", "--lock-all-tables", "-l", "--lock-tables");
    private static final List<String> WHOLE_SELECTIONS = List.of("--all-databases", "-A", "--databases", "-B");

    @Override
    public void check(DumpRequest request, boolean tunnelled) {
        if (ToolOptions.endsEarly(request.options())) {
            throw new IllegalArgumentException("option options: they must not hold the word --, which ends them");
        }
        if (has(request, ELSEWHERE)) {
            throw new IllegalArgumentException("option options: they must not redirect the output (--result-file,"
                    + " --tab): storages get it"
                    + " from here");
        }
        if (has(request, NO_TRAILER)) {
            throw new IllegalArgumentException("option options: they must not leave out comments (--compact,"
                    + " --skip-comments): the last one"
                    + " proves that the dump is whole");
        }
        if (has(request, CONNECTION)) {
            throw new IllegalArgumentException("option options: they must not name the connection, a password or an"
                    + " options file: use dsn,"
                    + " username and password");
        }
        checkDsn(request, tunnelled);
    }

    private static void checkDsn(DumpRequest request, boolean tunnelled) {
        MySqlSettings settings;
        try {
            settings = request.mySql();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("option dsn: " + e.getMessage(), e);
        }
        if (settings.tls().demandsEncryption() && has(request, ENCRYPTION)) {
            throw new IllegalArgumentException("option options: they must not say otherwise of encryption than the"
                    + " dsn, whose ssl-mode and ssl-ca are what counts");
        }
        if (tunnelled && settings.socket() != null) {
            throw new IllegalArgumentException("option dsn: a tunnel ends at a host and port, not at a Unix socket");
        }
        if (tunnelled && settings.tls().verifiesHost()) {
            throw new IllegalArgumentException("option dsn: through a tunnel the tools cannot compare the host's name"
                    + " with the certificate: use ssl-mode=VERIFY_CA with ssl-ca");
        }
    }

    private static boolean has(DumpRequest request, List<String> names) {
        return ToolOptions.MYSQL.has(request.options(), names);
    }

    @Override
    public Source start(Threads threads, DumpRequest request, Scratch scratch, Consumer<String> tell)
            throws IOException {
        Map<String, String> facts = new LinkedHashMap<>();
        Source dump = ProcessSource.start(threads, command(request, scratch, tell, facts), null);
        facts.put("databases", request.databases());
        return new DescribedSource(new BinlogKeeping(dump), facts);
    }

    Command command(DumpRequest request, Scratch scratch, Consumer<String> tell, Map<String, String> facts)
            throws IOException {
        MySqlSettings settings = request.mySql();
        DumpScope scope = DumpScope.of(request);
        MySqlServerProbe.Answer probed = MySqlServerProbe.ask(request, scope, settings, scratch, tell);
        MySqlServer server = probed.server();
        if (probed.serverId() != null) {
            facts.put("server-id", probed.serverId());
        }
        if (!has(request, OTHER_SNAPSHOTS)) {
            facts.put("snapshot", "transaction");
        }
        ClientProgram tool = tool(request, server);
        List<String> needed = needed(probed, new MySqlChecks(request, scope, tool, server, tell));
        ClientLogIn logIn = logIn(request, settings, scratch, tool, probed.logInMethod());
        List<String> arguments = new ArrayList<>();
        arguments.add(tool.executable());
        arguments.add(logIn.argument());
        arguments.addAll(MySqlFlags.of(tool, server, request, tell));
        arguments.addAll(needed);
        if (scope.whole()) {
            // Accounts that are loaded as rows of tables count only from then on.
            arguments.add("--flush-privileges");
        }
        arguments.addAll(request.options());
        arguments.addAll(selection(request));
        return Command.of(request.subject(), arguments, new DumpFailures()).withLauncher(ProgramPath.largeBlocks())
                .withEnvironment(ClientLogIn.environment())
                .endingWith(Set.of(0), completion(request)).within(request.timeout(), request.stallTimeout())
                .hiding(List.of(settings.password())).closing(List.of(scratch));
    }

    private static List<String> needed(MySqlServerProbe.Answer probed, MySqlChecks checks) throws DumpException {
        if (probed.hazards() == null) {
            checks.refuseTheUnknown();
            return List.of();
        }
        return checks.run(probed.hazards());
    }

    private static ClientProgram tool(DumpRequest request, MySqlServer server) throws DumpException {
        List<String> names = names(server);
        String executable = ClientPrograms.find(request.executable(), names)
                .orElseThrow(() -> new DumpException(request.subject() + ": none of "
                        + (request.executable() == null ? names : List.of(request.executable()))
                        + " was found on the PATH; install the database's client tools or name the tool with the option"
                        + " executable"));
        try {
            return ClientProgram.ask(executable);
        } catch (IOException e) {
            throw new DumpException(request.subject() + ": " + e.getMessage(), e);
        }
    }

    private static ClientLogIn logIn(DumpRequest request, MySqlSettings settings, Scratch scratch, ClientProgram tool,
            String method) throws IOException {
        try {
            return scratch.with(ClientLogIn.prepare(scratch.path("client.cnf"), scratch.path("plugins"), settings, tool,
                    method));
        } catch (IOException e) {
            throw new DumpException(request.subject() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public List<String> tools(DumperKind kind) {
        return List.of("mysqldump", "mariadb-dump");
    }

    @Override
    public List<Lack> lacks(DumpRequest request) {
        return NamedFiles.lacks("dsn", request.mySql());
    }

    @Override
    public String extension(DumpRequest request) {
        return completion(request) == Trailer.MYSQL_XML ? ".xml" : ".sql";
    }

    /** Each family's own tool knows its server best. */
    private static List<String> names(MySqlServer server) {
        return server.mariaDb()
                ? List.of("mariadb-dump", "mysqldump")
                : List.of("mysqldump", "mariadb-dump");
    }

    private static Completion completion(DumpRequest request) {
        return has(request, List.of("--xml", "-X")) ? Trailer.MYSQL_XML : Trailer.MYSQL;
    }

    /** Behind {@code --} a name is a name, whatever it begins with. */
    static List<String> selection(DumpRequest request) {
        String database = request.dsn().database();
        if (has(request, WHOLE_SELECTIONS)) {
            return database == null ? List.of() : List.of("--", database);
        }
        return database == null ? List.of("--all-databases") : List.of("--", database);
    }
}
