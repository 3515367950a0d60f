package io.onedump.dump;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code mysqldump} and {@code mariadb-dump}. Account and address go through an options file. */
final class MySqlDumper implements Dumper {

    private static final List<String> ELSEWHERE = List.of("-r", "--result-file", "-T", "--tab");
    private static final List<String> NO_TRAILER = List.of("--skip-comments", "--comments", "--compact");
    private static final List<String> CONNECTION =
            List.of("-p", "--password", "-u", "--user", "-h", "--host", "-P", "--port",
                    "-S", "--socket", "--defaults-file", "--defaults-extra-file", "--no-defaults", "--login-path");
    private static final List<String> WHOLE_SELECTIONS = List.of("--all-databases", "-A", "--databases", "-B");

    @Override
    public void check(DumpRequest request) {
        if (ToolOptions.has(request.options(), ELSEWHERE)) {
            throw new IllegalArgumentException("option options: they must not redirect the output (--result-file,"
                    + " --tab): storages get it"
                    + " from here");
        }
        if (ToolOptions.has(request.options(), NO_TRAILER)) {
            throw new IllegalArgumentException("option options: they must not leave out comments (--compact,"
                    + " --skip-comments): the last one"
                    + " proves that the dump is whole");
        }
        if (ToolOptions.has(request.options(), CONNECTION)) {
            throw new IllegalArgumentException("option options: they must not name the connection, a password or an"
                    + " options file: use dsn,"
                    + " username and password");
        }
    }

    @Override
    public Command command(DumpRequest request, Scratch scratch) throws IOException {
        MySqlServer server = MySqlServerProbe.ask(request);
        MySqlTool tool = MySqlTool.ask(Executables.find(request, names(server)));
        if (server != null && !server.mariaDb() && tool.mariaDb()) {
            refuseGeneratedColumns(request, tool);
        }
        Path optionsFile = scratch.secretFile("client.cnf", MySqlOptionsFile.content(request.dsn(), tool));
        List<String> arguments = new ArrayList<>();
        arguments.add(tool.executable());
        arguments.add("--defaults-file=" + optionsFile);
        arguments.addAll(MySqlFlags.of(tool, server, request));
        arguments.addAll(request.options());
        arguments.addAll(selection(request));
        // Neither an account of the environment nor a login file may get ahead of the options file.
        Map<String, String> environment =
                Map.of("MYSQL_PWD", "", "MYSQL_HOST", "", "MYSQL_TEST_LOGIN_FILE", "/dev/null");
        return new Command(request.subject(), Executables.launcher(), arguments, environment, null, Set.of(0),
                completion(request),
                request.timeout(), request.stallTimeout(), Collections.singletonList(request.dsn().password()),
                List.of(scratch));
    }

    @Override
    public String extension(DumpRequest request) {
        return completion(request) == Completion.MYSQL_XML ? ".xml" : ".sql";
    }

    private static void refuseGeneratedColumns(DumpRequest request, MySqlTool tool) throws DumpException {
        List<String> tables = MySqlServerProbe.tablesWithGeneratedColumns(request);
        if (!tables.isEmpty()) {
            throw new DumpException(request.subject() + ": " + tool.executable() + " is MariaDB's, and its dumps of"
                    + " MySQL tables"
                    + " with generated columns (" + String.join(", ", tables) + ") cannot be restored; install"
                    + " MySQL's own"
                    + " mysqldump and name it with the option executable");
        }
    }

    /** Each family's own tool knows its server best. */
    private static List<String> names(MySqlServer server) {
        return server != null && server.mariaDb()
                ? List.of("mariadb-dump", "mysqldump")
                : List.of("mysqldump", "mariadb-dump");
    }

    private static Completion completion(DumpRequest request) {
        return ToolOptions.has(request.options(), List.of("--xml", "-X")) ? Completion.MYSQL_XML : Completion.MYSQL;
    }

    private static List<String> selection(DumpRequest request) {
        if (ToolOptions.has(request.options(), WHOLE_SELECTIONS)) {
            return request.dsn().database() == null ? List.of() : List.of(request.dsn().database());
        }
        return List.of(request.dsn().database() == null ? "--all-databases" : request.dsn().database());
    }
}
